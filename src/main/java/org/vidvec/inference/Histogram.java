package org.vidvec.inference;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Durations in 160 buckets, each a quarter octave wide (19 %), from a microsecond to two weeks:
 * what it says is at most 19 % above the truth.
 */
final class Histogram {

    private static final int PER_OCTAVE = 4;

    private final AtomicLongArray buckets = new AtomicLongArray(40 * PER_OCTAVE);

    void record(long nanos) {
        buckets.incrementAndGet(bucket(nanos));
    }

    /** How many were recorded. */
    long count() {
        long total = 0;
        for (int i = 0; i < buckets.length(); i++) {
            total += buckets.get(i);
        }
        return total;
    }

    /**
     * The duration in milliseconds that a share of the recorded ones did not exceed; 0 if there is
     * none.
     *
     * @param share 0..1
     */
    double quantileMillis(double share) {
        long total = count();
        if (total == 0) {
            return 0;
        }
        long wanted = (long) Math.ceil(share * total);
        long seen = 0;
        int i = 0;
        while (i < buckets.length() - 1 && (seen += buckets.get(i)) < Math.max(1, wanted)) {
            i++;
        }
        return Math.pow(2, (double) i / PER_OCTAVE) / 1000;
    }

    /** The first bucket whose upper bound, 2^(i/4) microseconds, holds {@code nanos}. */
    private int bucket(long nanos) {
        double micros = Math.max(1, nanos / 1000.0);
        int i = (int) Math.ceil(PER_OCTAVE * Math.log(micros) / Math.log(2) - 1e-9);
        return Math.min(i, buckets.length() - 1);
    }
}
