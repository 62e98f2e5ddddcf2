package org.vidvec.resize;

/**
 * The integer weights of one pass of an antialiased resize along one axis: the uint8 kernels of
 * torchvision and Pillow, whose rules are in the fixtures' {@code resize-rules.md}.
 *
 * @param starts [out] first input pixel of each output pixel
 * @param weights [out][taps] fixed point with {@code precision} fractional bits
 * @param precision number of fractional bits
 */
record ResizeWeights(int[] starts, int[][] weights, int precision) {

    private static final int MAX_PRECISION = 22;
    // torchvision keeps weights in int16
    private static final int WEIGHT_LIMIT = 1 << 15;

    static ResizeWeights of(ResizeTaps taps, ResizeRule rule) {
        double largest = 0;
        for (double[] exact : taps.weights()) {
            for (double w : exact) {
                largest = Math.max(largest, w);
            }
        }
        int precision = rule == ResizeRule.PILLOW ? MAX_PRECISION : precision(largest);
        int[][] weights = new int[taps.weights().length][];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = fixedPoint(taps.weights()[i], precision);
        }
        return new ResizeWeights(taps.starts(), weights, precision);
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
