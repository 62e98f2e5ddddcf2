package org.vidvec.backbone;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** What the references were computed with, in plain Java and double precision. */
public final class Vectors {

    private Vectors() {}

    public static void assertNear(String what, float[] expected, float[] actual, double tolerance) {
        assertEquals(what + ": length", expected.length, actual.length);
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            // false for NaN as well
            assertTrue(what + "[" + i + "] is " + actual[i], Float.isFinite(actual[i]));
            worst = Math.max(worst, Math.abs((double) expected[i] - actual[i]));
        }
        assertTrue(what + " differs by " + worst + ", over " + tolerance, worst <= tolerance);
    }

    public static void assertCosine(String what, float[] expected, float[] actual, double least) {
        assertEquals(what + ": length", expected.length, actual.length);
        double cosine = cosine(expected, actual);
        assertTrue(what + " has cosine " + cosine + ", under " + least, cosine >= least);
    }

    public static double cosine(float[] a, float[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }

    public static float[] unit(float[] x) {
        double squares = 0;
        for (float v : x) {
            squares += (double) v * v;
        }
        float[] unit = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            unit[i] = (float) (x[i] / Math.sqrt(squares));
        }
        return unit;
    }

    /** Mean over rows of [rows, size]. */
    public static float[] mean(float[] x, int size) {
        double[] sum = new double[size];
        for (int i = 0; i < x.length; i++) {
            sum[i % size] += x[i];
        }
        float[] mean = new float[size];
        for (int i = 0; i < size; i++) {
            mean[i] = (float) (sum[i] / (x.length / size));
        }
        return mean;
    }

    public static float[] logSoftmax(float[] logits, int... at) {
        double max = Double.NEGATIVE_INFINITY;
        for (float v : logits) {
            max = Math.max(max, v);
        }
        double sum = 0;
        for (float v : logits) {
            sum += Math.exp(v - max);
        }
        float[] result = new float[at.length];
        for (int i = 0; i < at.length; i++) {
            result[i] = (float) (logits[at[i]] - max - Math.log(sum));
        }
        return result;
    }

    /** Softmax over the two. */
    public static float pYes(float yes, float no) {
        return (float) (1 / (1 + Math.exp((double) no - yes)));
    }
}
