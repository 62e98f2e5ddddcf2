package org.vidvec.engine;

/**
 * How the engine runs, decided once per JVM.
 *
 * @param threads threads that one operation uses on the CPU; 0 for libtorch's own choice, one per
 *     core
 */
public record EngineOptions(int threads) {

    /** libtorch's own choice. */
    public static final EngineOptions DEFAULT = new EngineOptions(0);

    /**
     * @throws IllegalArgumentException if {@code threads} is negative
     */
    public EngineOptions {
        if (threads < 0) {
            throw new IllegalArgumentException(
                    "[threads] must be at least [0], not [" + threads + "]");
        }
    }
}
