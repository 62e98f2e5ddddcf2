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
            double[] distances = new double[to - from];
            for (int x = from; x < to; x++) {
                distances[x - from] = Math.abs((x - center + 0.5) / stretch);
            }
            weights[i] = normalised(kernel, distances);
        }
        return new ResizeTaps(starts, weights);
    }

    /** The same as torchvision places the taps of floats: in float32. */
    static ResizeTaps inFloat32(int in, int out, ResizeKernel kernel) {
        float scale = (float) in / out;
        float stretch = Math.max(scale, 1);
        float support = kernel.reach() * stretch;
        int[] starts = new int[out];
        double[][] weights = new double[out][];
        for (int i = 0; i < out; i++) {
            float center = scale * (i + 0.5f);
            int from = Math.max((int) (center - support + 0.5f), 0);
            int to = Math.min((int) (center + support + 0.5f), in);
            starts[i] = from;
            double[] distances = new double[to - from];
            for (int x = from; x < to; x++) {
                distances[x - from] = Math.abs((x - center + 0.5f) * (1 / stretch));
            }
            weights[i] = normalised(kernel, distances);
        }
        return new ResizeTaps(starts, weights);
    }

    private static double[] normalised(ResizeKernel kernel, double[] distances) {
        double[] taps = new double[distances.length];
        double sum = 0;
        for (int i = 0; i < taps.length; i++) {
            taps[i] = kernel.weight(distances[i]);
            sum += taps[i];
        }
        for (int i = 0; i < taps.length; i++) {
            taps[i] /= sum;
        }
        return taps;
    }
}
