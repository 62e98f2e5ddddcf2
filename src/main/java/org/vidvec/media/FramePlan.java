package org.vidvec.media;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Turns a {@link Sampling} and the times of all frames into the indices of the wanted ones. */
final class FramePlan {

    private FramePlan() {}

    /**
     * The same within the limit.
     *
     * @throws MediaException if that are more frames than allowed
     */
    static int[] within(Sampling sampling, Timeline timeline, String name, MediaLimits limits)
            throws MediaException {
        int[] wanted = indices(sampling, timeline);
        if (wanted.length > limits.maxFrames()) {
            throw Refusals.overLimit(
                    "[" + name + "] gives [" + wanted.length + "] frames, which is more",
                    limits.maxFrames() + "",
                    "vidvec.media.max_frames",
                    "sample fewer");
        }
        return wanted;
    }

    /**
     * @return ascending indices, each once
     */
    static int[] indices(Sampling sampling, Timeline timeline) {
        if (timeline.size() == 0) {
            return new int[0];
        }
        return switch (sampling) {
            case Sampling.Uniform u -> floored(linspace(timeline.size(), u.frames())).toArray();
            case Sampling.Fps f -> perSecond(f, timeline);
            case Sampling.Spread s -> spread(s, timeline);
        };
    }

    private static int[] perSecond(Sampling.Fps fps, Timeline timeline) {
        // + 1e-6: as in Timeline, so that a frame at exactly k / fps counts
        int n = (int) Math.floor((timeline.span() + 1e-6) * fps.framesPerSecond()) + 1;
        IntStream ks =
                n <= fps.maxFrames()
                        ? IntStream.range(0, n)
                        : floored(linspace(n, fps.maxFrames()));
        return ks.map(k -> timeline.lastAtOrBefore(k / fps.framesPerSecond())).distinct().toArray();
    }

    /** HF {@code Qwen3VLVideoProcessor.sample_frames}. */
    private static int[] spread(Sampling.Spread spread, Timeline timeline) {
        int n = timeline.size();
        // with the time that the last frame is shown
        double seconds = n == 1 ? 0 : timeline.span() * n / (n - 1);
        int wanted = (int) Math.min(seconds * spread.framesPerSecond() + 1e-6, n);
        wanted = Math.min(Math.max(wanted, spread.minFrames()), spread.maxFrames());
        // rint: numpy rounds halves to even
        return linspace(n, Math.min(wanted, n))
                .mapToInt(x -> (int) Math.rint(x))
                .distinct()
                .toArray();
    }

    private static IntStream floored(DoubleStream numbers) {
        return numbers.mapToInt(x -> (int) x).distinct();
    }

    /** {@code numpy.linspace(0, n - 1, k)}, in numpy's own floating-point steps. */
    private static DoubleStream linspace(int n, int k) {
        if (k == 1) {
            return DoubleStream.of(0);
        }
        double step = (double) (n - 1) / (k - 1);
        return IntStream.range(0, k).mapToDouble(i -> i == k - 1 ? n - 1 : i * step);
    }
}
