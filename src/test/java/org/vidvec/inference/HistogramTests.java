package org.vidvec.inference;

import java.util.Arrays;
import org.elasticsearch.test.ESTestCase;

public class HistogramTests extends ESTestCase {

    public void testQuantilesAreAtMostABucketAboveTheTruth() {
        long[] nanos = new long[between(1, 2000)];
        Histogram histogram = new Histogram();
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = randomLongBetween(1_000, 600_000_000_000L);
            histogram.record(nanos[i]);
        }
        Arrays.sort(nanos);
        for (double share : new double[] {0.5, 0.99, 1}) {
            double truth = nanos[(int) Math.ceil(share * nanos.length) - 1] / 1e6;
            double told = histogram.quantileMillis(share);
            assertTrue(told + " < " + truth, told >= truth * 0.999999);
            assertTrue(told + " > " + truth, told <= truth * Math.pow(2, 0.25) * 1.000001);
        }
    }

    public void testNothingAndExtremes() {
        Histogram histogram = new Histogram();
        assertEquals(0, histogram.quantileMillis(0.99), 0);
        histogram.record(-5);
        assertEquals(0.001, histogram.quantileMillis(0.99), 0);
        histogram.record(Long.MAX_VALUE);
        assertTrue(histogram.quantileMillis(1) > 14 * 24 * 3600 * 1000.0 / 2);
    }
}
