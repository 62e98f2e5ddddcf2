package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;

/**
 * Random numbers that are the same on every machine and in every version of Java: SplitMix64
 * (Steele, Lea, Flood 2014). Not thread-safe; every sample throws its own.
 */
final class Dice {

    private static final long STEP = 0x9e3779b97f4a7c15L;

    private long state;

    Dice(long seed) {
        this.state = seed;
    }

    /** Dice that depend on all the numbers and their order. */
    static Dice of(long seed, long... path) {
        long mixed = mix(seed + STEP);
        for (long step : path) {
            mixed = mix(mixed ^ mix(step + STEP));
        }
        return new Dice(mixed);
    }

    /** A number for a text, for {@link #of} and for splits. */
    static long hash(String text) {
        long hash = STEP;
        for (int i = 0; i < text.length(); i++) {
            hash = mix(hash ^ text.charAt(i));
        }
        return hash;
    }

    long next() {
        state += STEP;
        return mix(state);
    }

    /**
     * @return 0 to {@code n} - 1
     */
    int below(int n) {
        return (int) Long.remainderUnsigned(next(), n);
    }

    /**
     * @return at least {@code low}, below {@code high}
     */
    double between(double low, double high) {
        return low + (high - low) * ((next() >>> 11) * 0x1p-53);
    }

    boolean chance(double probability) {
        return between(0, 1) < probability;
    }

    <T> T pick(List<T> items) {
        return items.get(below(items.size()));
    }

    <T> T pick(T[] items) {
        return items[below(items.length)];
    }

    /** A shuffled copy. */
    <T> List<T> shuffled(List<T> items) {
        List<T> copy = new ArrayList<>(items);
        for (int i = copy.size() - 1; i > 0; i--) {
            int j = below(i + 1);
            T swap = copy.get(i);
            copy.set(i, copy.get(j));
            copy.set(j, swap);
        }
        return copy;
    }

    static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }
}
