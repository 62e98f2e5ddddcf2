package org.vidvec.bench;

import java.util.stream.DoubleStream;

/**
 * How long the runs of something took, in milliseconds.
 *
 * @param medianMillis half of the runs were faster
 * @param bestMillis the fastest
 * @param p95Millis 95 of 100 were faster, or the slowest of few
 */
record Timing(double medianMillis, double bestMillis, double p95Millis) {

    private static final double NANOS_PER_MILLI = 1e6;

    /** Something that can fail. */
    interface Work {
        void run() throws Exception;
    }

    /** Runs {@code work} several times after a few that are not counted. */
    static Timing of(int warmups, int runs, Work work) throws Exception {
        for (int i = 0; i < warmups; i++) {
            work.run();
        }
        double[] millis = new double[runs];
        for (int i = 0; i < runs; i++) {
            millis[i] = millis(work);
        }
        return of(DoubleStream.of(millis));
    }

    /** Of runs that were timed elsewhere, at least one. */
    static Timing of(DoubleStream each) {
        double[] millis = each.sorted().toArray();
        int runs = millis.length;
        int late = (int) Math.ceil(runs * 0.95) - 1;
        return new Timing((millis[(runs - 1) / 2] + millis[runs / 2]) / 2, millis[0], millis[late]);
    }

    /** One run. */
    static double millis(Work work) throws Exception {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / NANOS_PER_MILLI;
    }
}
