package org.vidvec.backbone;

/**
 * The integer weights of one pass of an antialiased bicubic resize along one axis: the uint8
 * kernels of torchvision and Pillow, whose rules are in the fixtures' {@code resize-rules.md}.
 *
 * @param starts [out] first input pixel of each output pixel
 * @param weights [out][taps] fixed point with {@code precision} fractional bits
 * @param precision number of fractional bits
 */
record ResizeWeights(int[] starts, int[][] weights, int precision) {

    private static final int MAX_PRECISION = 22;
    // torchvision keeps weights in int16
    private static final int WEIGHT_LIMIT = 1 << 15;
    // Keys' cubic as torchvision and Pillow have it
    private static final double A = -0.5;

    static ResizeWeights bicubic(int in, int out, ResizeRule rule) {
        double scale = (double) in / out;
        double stretch = Math.max(scale, 1);
        double support = 2 * stretch;
        int[] starts = new int[out];
        double[][] exact = new double[out][];
        double largest = 0;
        for (int i = 0; i < out; i++) {
            double center = scale * (i + 0.5);
            int from = Math.max((int) (center - support + 0.5), 0);
            int to = Math.min((int) (center + support + 0.5), in);
            starts[i] = from;
            exact[i] = normalised(from, to, center, stretch);
            for (double w : exact[i]) {
                largest = Math.max(largest, w);
            }
        }
        int precision = rule == ResizeRule.PILLOW ? MAX_PRECISION : precision(largest);
        int[][] weights = new int[out][];
        for (int i = 0; i < out; i++) {
            weights[i] = fixedPoint(exact[i], precision);
        }
        return new ResizeWeights(starts, weights, precision);
    }

    private static double[] normalised(int from, int to, double center, double stretch) {
        double[] taps = new double[to - from];
        double sum = 0;
        for (int x = from; x < to; x++) {
            taps[x - from] = cubic((x - center + 0.5) / stretch);
            sum += taps[x - from];
        }
        for (int i = 0; i < taps.length; i++) {
            taps[i] /= sum;
        }
        return taps;
    }

    private static double cubic(double x) {
        double d = Math.abs(x);
        if (d < 1) {
            return ((A + 2) * d - (A + 3)) * d * d + 1;
        }
        return d < 2 ? (((d - 5) * d + 8) * d - 4) * A : 0;
    }

    /** The most fractional bits with which the largest weight still fits. */
    private static int precision(double largest) {
        int precision = 0;
        while (precision < MAX_PRECISION
                && (int) (0.5 + largest * (1 << (precision + 1))) < WEIGHT_LIMIT) {
            precision++;
        }
        return precision;
    }

    private static int[] fixedPoint(double[] taps, int precision) {
        int[] weights = new int[taps.length];
        for (int i = 0; i < taps.length; i++) {
            // halves away from zero
            double scaled = taps[i] * (1 << precision);
            weights[i] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
        }
        return weights;
    }
}
