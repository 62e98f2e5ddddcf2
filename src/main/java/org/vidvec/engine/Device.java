package org.vidvec.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a network computes.
 *
 * @param type {@code cpu} or {@code cuda}
 * @param index which GPU; 0 for the CPU
 */
public record Device(String type, int index) {

    /** The processor. */
    public static final Device CPU = new Device("cpu", 0);

    private static final Pattern CUDA = Pattern.compile("cuda:(\\d{1,3})");

    /**
     * The device of a name.
     *
     * @param name {@code cpu} or {@code cuda:N}; see {@link TorchEngine#device} for {@code auto}
     * @throws IllegalArgumentException if it is neither
     */
    public static Device of(String name) {
        if (name.equals("cpu")) {
            return CPU;
        }
        Matcher cuda = CUDA.matcher(name);
        if (cuda.matches() == false) {
            throw new IllegalArgumentException(
                    "unknown device [" + name + "]; it must be [auto], [cpu] or [cuda:N]");
        }
        return new Device("cuda", Integer.parseInt(cuda.group(1)));
    }

    /** Its name in settings and in TorchScript: {@code cpu}, {@code cuda:0}. */
    @Override
    public String toString() {
        return this.equals(CPU) ? "cpu" : type + ":" + index;
    }
}
