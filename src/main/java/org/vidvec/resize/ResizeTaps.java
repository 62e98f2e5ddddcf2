package org.vidvec.resize;

/**
 * The weights of one pass of an antialiased resize along one axis, before anything is rounded; the
 * rule is in the fixtures' {@code resize-rules.md}.
 *
 * @param starts [out] first input pixel of each output pixel
 * @param weights [out][taps], which add to 1
 */
record ResizeTaps(int[] starts, double[][] weights) {

    static ResizeTaps of(int in, int out, ResizeKernel kernel) {
        double scale = (double) in / out;
        double stretch = Math.max(scale, 1);
        double support = kernel.reach() * stretch;
        int[] starts = new int[out];
        double[][] weights = new double[out][];
        for (int i = 0; i < out; i++) {
            double center = scale * (i + 0.5);
            int from = Math.max((int) (center - support + 0.5), 0);
            int to = Math.min((int) (center + support + 0.5), in);
            starts[i] = from;
            weights[i] = normalised(kernel, from, to, center, stretch);
        }
        return new ResizeTaps(starts, weights);
    }

    private static double[] normalised(
            ResizeKernel kernel, int from, int to, double center, double stretch) {
        double[] taps = new double[to - from];
        double sum = 0;
        for (int x = from; x < to; x++) {
            taps[x - from] = kernel.weight(Math.abs((x - center + 0.5) / stretch));
            sum += taps[x - from];
        }
        for (int i = 0; i < taps.length; i++) {
            taps[i] /= sum;
        }
        return taps;
    }
}
