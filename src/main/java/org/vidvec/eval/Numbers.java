package org.vidvec.eval;

/** What references are compared by, in double precision. */
final class Numbers {

    private Numbers() {}

    /** Largest absolute difference; NaN if any value is not finite. */
    static double maxAbs(float[] a, float[] b) {
        double worst = 0;
        for (int i = 0; i < a.length; i++) {
            double apart = Math.abs((double) a[i] - b[i]);
            if (Double.isFinite(apart) == false) {
                return Double.NaN;
            }
            worst = Math.max(worst, apart);
        }
        return worst;
    }

    /** Cosine of the angle between two vectors; NaN if one is zero. */
    static double cosine(float[] a, float[] b) {
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

    /** The same direction with length 1. */
    static float[] unit(float[] x) {
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

    /** Logarithms of the softmax over all logits, at some of them. */
    static float[] logSoftmax(float[] logits, int... at) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float v : logits) {
            largest = Math.max(largest, v);
        }
        double sum = 0;
        for (float v : logits) {
            sum += Math.exp(v - largest);
        }
        float[] result = new float[at.length];
        for (int i = 0; i < at.length; i++) {
            result[i] = (float) (logits[at[i]] - largest - Math.log(sum));
        }
        return result;
    }

    /** Softmax over two logits, the part of the first. */
    static float first(float a, float b) {
        return (float) (1 / (1 + Math.exp((double) b - a)));
    }

    /** As floats, exact up to 2^24, which is more than any token id or size. */
    static float[] floats(long[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = values[i];
        }
        return floats;
    }
}
