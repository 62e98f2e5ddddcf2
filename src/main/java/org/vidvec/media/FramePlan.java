package org.vidvec.media;

import java.util.stream.IntStream;

/** Turns a {@link Sampling} and the times of all frames into the indices of the wanted ones. */
final class FramePlan {

    private FramePlan() {}

    /**
     * @return ascending indices, each once
     */
    static int[] indices(Sampling sampling, Timeline timeline) {
        if (timeline.size() == 0) {
            return new int[0];
        }
        return switch (sampling) {
            case Sampling.Uniform u -> linspace(timeline.size(), u.frames()).distinct().toArray();
            case Sampling.Fps f -> perSecond(f, timeline);
        };
    }

    private static int[] perSecond(Sampling.Fps fps, Timeline timeline) {
        // + 1e-6: as in Timeline, so that a frame at exactly k / fps counts
        int n = (int) Math.floor((timeline.span() + 1e-6) * fps.framesPerSecond()) + 1;
        IntStream ks = n <= fps.maxFrames() ? IntStream.range(0, n) : linspace(n, fps.maxFrames());
        return ks.map(k -> timeline.lastAtOrBefore(k / fps.framesPerSecond())).distinct().toArray();
    }

    /** {@code numpy.linspace(0, n - 1, k).astype(int)}, in numpy's own floating-point steps. */
    private static IntStream linspace(int n, int k) {
        if (k == 1) {
            return IntStream.of(0);
        }
        double step = (double) (n - 1) / (k - 1);
        return IntStream.range(0, k).map(i -> i == k - 1 ? n - 1 : (int) (i * step));
    }
}
