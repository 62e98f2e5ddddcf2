package org.vidvec.media;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleToIntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Turns a {@link Sampling} and the times of all frames into the indices of the wanted ones. */
public final class FramePlan {

    /** Places in a stretch of a video at which a frame may be taken. */
    private static final double GRID_PER_SECOND = 30;

    private FramePlan() {}

    /**
     * No more than that are wanted of a part of a video.
     *
     * @param seconds that the part lasts at most
     */
    static int most(Sampling sampling, double seconds) {
        return switch (sampling) {
            case Sampling.Uniform u -> u.frames();
            case Sampling.Fps f -> most(f.framesPerSecond() * seconds + 2, f.maxFrames());
            // with the time that the last frame is shown, a part of two counts as twice as long
            case Sampling.Spread s ->
                    Math.max(
                            s.minFrames(),
                            most(2 * s.framesPerSecond() * seconds + 2, s.maxFrames()));
            case Sampling.Stride s ->
                    Math.max(
                            Math.max(s.minFrames(), s.multiple()),
                            most(2 * s.framesPerSecond() * seconds + 2, s.maxFrames()));
            case Sampling.Timestamps t -> t.seconds().size();
            case Sampling.Shots s -> Math.min(s.framesPerShot(), s.maxFrames());
        };
    }

    private static int most(double frames, int limit) {
        return (int) Math.min(frames, limit);
    }

    /**
     * Frames of a part of a video, spread in it as in a video of its length.
     *
     * @param start in seconds
     * @param seconds its length
     */
    public static Sampling.Timestamps stretch(Sampling sampling, double start, double seconds) {
        int grid = (int) Math.max(1, Math.round(seconds * GRID_PER_SECOND));
        List<Double> times = new ArrayList<>();
        for (int index : indices(sampling, grid, GRID_PER_SECOND)) {
            times.add(start + index / GRID_PER_SECOND);
        }
        return new Sampling.Timestamps(times);
    }

    /**
     * The same within the limit.
     *
     * @throws MediaException if that are more frames than allowed
     */
    static int[] within(Sampling sampling, Timeline timeline, String name, MediaLimits limits)
            throws MediaException {
        return within(indices(sampling, timeline), name, limits);
    }

    /** The same frames. */
    static int[] within(int[] wanted, String name, MediaLimits limits) throws MediaException {
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
            case Sampling.Spread s -> spread(s, timeline.size(), seconds(timeline));
            case Sampling.Stride s -> stride(s, timeline.size(), seconds(timeline));
            case Sampling.Timestamps t -> at(t, timeline::lastAtOrBefore);
            case Sampling.Shots s -> perShot(s, new int[0], timeline.size());
        };
    }

    /**
     * @param cuts first frame of each shot but the first, ascending
     * @param frames how many the video has
     * @return ascending indices, each once
     */
    static int[] perShot(Sampling.Shots shots, int[] cuts, int frames) {
        IntStream.Builder found = IntStream.builder();
        int k = shots.framesPerShot();
        for (int shot = 0; shot <= cuts.length; shot++) {
            int from = shot == 0 ? 0 : cuts[shot - 1];
            int length = (shot == cuts.length ? frames : cuts[shot]) - from;
            for (int j = 0; j < k; j++) {
                found.add(from + (int) ((2L * j + 1) * length / (2L * k)));
            }
        }
        int[] all = found.build().distinct().toArray();
        return all.length <= shots.maxFrames()
                ? all
                : floored(linspace(all.length, shots.maxFrames())).map(i -> all[i]).toArray();
    }

    private static int[] at(Sampling.Timestamps times, DoubleToIntFunction lastAtOrBefore) {
        return times.seconds().stream()
                .mapToInt(t -> lastAtOrBefore.applyAsInt(t))
                .distinct()
                .toArray();
    }

    /**
     * The same for frames at a constant rate of which nothing but their number is known, as the
     * checkpoints' own processors do it: a {@link Sampling.Spread} over a fixed number of frames
     * repeats some of a shorter video.
     *
     * @param frames how many there are
     * @param framesPerSecond their rate
     * @return ascending indices
     */
    public static int[] indices(Sampling sampling, int frames, double framesPerSecond) {
        double seconds = frames / framesPerSecond;
        return switch (sampling) {
            case Sampling.Uniform u -> floored(linspace(frames, u.frames())).toArray();
            case Sampling.Fps f -> {
                int n = (int) Math.floor((frames - 1) / framesPerSecond * f.framesPerSecond()) + 1;
                yield slots(f, n)
                        .map(k -> (int) (k / f.framesPerSecond() * framesPerSecond))
                        .distinct()
                        .toArray();
            }
            case Sampling.Spread s ->
                    s.minFrames() == s.maxFrames()
                            ? rounded(frames, s.maxFrames()).toArray()
                            : spread(s, frames, seconds);
            case Sampling.Stride s -> stride(s, frames, seconds);
            case Sampling.Timestamps t ->
                    at(t, time -> (int) Math.min(frames - 1, (time + 1e-6) * framesPerSecond));
            case Sampling.Shots s -> perShot(s, new int[0], frames);
        };
    }

    /** With the time that the last frame is shown; + 1e-6 as in Timeline. */
    private static double seconds(Timeline timeline) {
        int n = timeline.size();
        return n == 1 ? 0 : timeline.span() * n / (n - 1) + 1e-6;
    }

    private static int[] perSecond(Sampling.Fps fps, Timeline timeline) {
        // + 1e-6: as in Timeline, so that a frame at exactly k / fps counts
        int n = (int) Math.floor((timeline.span() + 1e-6) * fps.framesPerSecond()) + 1;
        return slots(fps, n)
                .map(k -> timeline.lastAtOrBefore(k / fps.framesPerSecond()))
                .distinct()
                .toArray();
    }

    private static IntStream slots(Sampling.Fps fps, int n) {
        return n <= fps.maxFrames() ? IntStream.range(0, n) : floored(linspace(n, fps.maxFrames()));
    }

    /** HF {@code Qwen3VLVideoProcessor.sample_frames}. */
    private static int[] spread(Sampling.Spread spread, int n, double seconds) {
        int wanted = (int) Math.min(seconds * spread.framesPerSecond(), n);
        wanted = Math.min(Math.max(wanted, spread.minFrames()), spread.maxFrames());
        return rounded(n, Math.min(wanted, n)).distinct().toArray();
    }

    /** numpy rounds halves to even, as rint. */
    private static IntStream rounded(int n, int frames) {
        return linspace(n, frames).mapToInt(x -> (int) Math.rint(x));
    }

    /** HF {@code Qwen2VLVideoProcessor.sample_frames}; torch.arange gives float32. */
    private static int[] stride(Sampling.Stride stride, int n, double seconds) {
        int multiple = stride.multiple();
        if (n < multiple) {
            return IntStream.range(0, n).toArray();
        }
        int most = Math.min(stride.maxFrames(), n) / multiple * multiple;
        double wanted = Math.max(seconds * stride.framesPerSecond(), stride.minFrames());
        int frames = (int) Math.min(wanted, most) / multiple * multiple;
        double step = (double) n / Math.max(frames, multiple);
        return IntStream.range(0, (int) Math.ceil(n / step))
                .map(i -> (int) (float) (i * step))
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
