package org.vidvec.media;

import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVRational;

/** When each frame of a video is shown, in the ticks of its stream, ascending. */
final class Timeline {

    /** Far beyond 4 hours at 240 frames per second. */
    private static final int MOST_FRAMES = 1 << 22;

    private final double secondsPerTick;
    private long[] ticks = new long[1024];
    private int size;
    private int slack;

    /**
     * @param timeBase seconds per tick as a fraction
     */
    Timeline(AVRational timeBase) {
        this((double) timeBase.num() / timeBase.den());
    }

    Timeline(double secondsPerTick) {
        this.secondsPerTick = secondsPerTick;
    }

    private Timeline(double secondsPerTick, long[] ticks) {
        this(secondsPerTick);
        this.ticks = ticks;
        this.size = ticks.length;
    }

    /**
     * Frames at a constant rate, their times rounded to ticks or a tick beside that.
     *
     * @param first tick of the first
     * @param ticks from one to the next
     */
    Timeline regular(long first, double ticks, int frames) {
        long[] all = new long[Math.min(frames, MOST_FRAMES)];
        for (int i = 0; i < all.length; i++) {
            all[i] = first + Math.round(i * ticks);
        }
        Timeline timeline = new Timeline(secondsPerTick, all);
        timeline.slack = 1;
        return timeline;
    }

    /** Seconds per tick. */
    double step() {
        return secondsPerTick;
    }

    /** Adds a frame; may come in decoding order, if {@link #sort} follows. */
    void add(long tick) {
        if (size == ticks.length) {
            ticks = Arrays.copyOf(ticks, size * 2);
        }
        ticks[size++] = tick;
    }

    /** Adds a frame that is shown after all before it; an earlier time counts as the last one. */
    void addAscending(long tick) {
        add(size == 0 ? tick : Math.max(tick, ticks[size - 1]));
    }

    /** When the next frame is due if the file does not say. */
    long guess(double framesPerSecond) {
        return size == 0 ? 0 : ticks[size - 1] + Math.round(1 / (framesPerSecond * secondsPerTick));
    }

    void sort() {
        Arrays.sort(ticks, 0, size);
    }

    int size() {
        return size;
    }

    long tick(int frame) {
        return ticks[frame];
    }

    /** Time of a frame in seconds from the first. */
    double seconds(int frame) {
        return (ticks[frame] - ticks[0]) * secondsPerTick;
    }

    /** Time of the last frame in seconds from the first; 0 without frames. */
    double span() {
        return size == 0 ? 0 : seconds(size - 1);
    }

    /** With the time that the last frame is shown, in seconds: as long as the others on average. */
    double duration() {
        return size < 2 ? 0 : span() * size / (size - 1);
    }

    /** Index of the first frame at or after a time in seconds; {@link #size} if there is none. */
    int firstAtOrAfter(double seconds) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (seconds(middle) >= seconds - 1e-6) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The frames from one index to before another, with times from the first of them. */
    Timeline part(int from, int to) {
        return new Timeline(secondsPerTick, Arrays.copyOfRange(ticks, from, to));
    }

    /** Index of the frame shown at this tick, or -1. */
    int frameAt(long tick) {
        int i = Arrays.binarySearch(ticks, 0, size, tick);
        for (int near = -i - 2; i < 0 && near <= -i - 1; near++) {
            if (near >= 0 && near < size && Math.abs(ticks[near] - tick) <= slack) {
                return near;
            }
        }
        return Math.max(i, -1);
    }

    /** Index of the last frame at or before a time in seconds from the first frame. */
    int lastAtOrBefore(double seconds) {
        int low = 0;
        int high = size - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            // a microsecond of grace: ticks are fractions, k / fps is not
            if (seconds(middle) <= seconds + 1e-6) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /**
     * @param span of the frames so far, in ticks
     * @throws MediaException if the video is longer than allowed
     */
    void checkLength(String name, long span, MediaLimits limits) throws MediaException {
        double seconds = span * secondsPerTick;
        if (seconds > limits.maxDuration().toMillis() / 1000.0) {
            throw Refusals.overLimit(
                    "[" + name + "] lasts at least [" + Math.round(seconds) + "s], which is more",
                    limits.maxDuration().toSeconds() + "s",
                    "vidvec.media.max_duration",
                    "shorten it");
        }
        if (size > MOST_FRAMES) {
            throw new MediaException(
                    MediaException.Reason.OVER_LIMIT,
                    "["
                            + name
                            + "] has more than ["
                            + MOST_FRAMES
                            + "] frames, the most that is read from one file; split it");
        }
    }

    boolean ascendsStrictly() {
        for (int i = 1; i < size; i++) {
            if (ticks[i] <= ticks[i - 1]) {
                return false;
            }
        }
        return true;
    }
}
