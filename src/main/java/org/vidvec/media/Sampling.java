package org.vidvec.media;

import java.util.Arrays;
import java.util.List;

/** Which frames of a video are looked at. */
public sealed interface Sampling {

    /** The most frames that limits allow anyway. */
    int MOST_FRAMES = 512;

    /** As Qwen3-VL spreads them. */
    int LEAST_SPREAD = 4;

    /**
     * Frames at indices {@code linspace(0, n - 1, frames)} rounded down (VLM2Vec-V2: 8).
     *
     * @param frames how many; a shorter video gives all its frames once
     */
    record Uniform(int frames) implements Sampling {
        /**
         * @throws IllegalArgumentException if {@code frames} is below 1
         */
        public Uniform {
            if (frames < 1) {
                throw new IllegalArgumentException(
                        "[frames] must be at least [1], not [" + frames + "]");
            }
        }
    }

    /**
     * At k / fps seconds the last frame at or before it; more than {@code maxFrames} of them are
     * thinned to {@code maxFrames} spread evenly (VidVec: 2 per second, at most 180).
     *
     * @param framesPerSecond how many per second
     * @param maxFrames at most this many
     */
    record Fps(double framesPerSecond, int maxFrames) implements Sampling {
        /**
         * @throws IllegalArgumentException if a value is not positive
         */
        public Fps {
            if (!(framesPerSecond > 0) || Double.isInfinite(framesPerSecond)) {
                throw new IllegalArgumentException(
                        "[fps] must be a positive number, not [" + framesPerSecond + "]");
            }
            if (maxFrames < 1) {
                throw new IllegalArgumentException(
                        "[max_frames] must be at least [1], not [" + maxFrames + "]");
            }
        }
    }

    /**
     * As many frames as the video lasts seconds times {@code framesPerSecond}, within bounds, at
     * indices {@code linspace(0, n - 1, frames)} rounded to the nearest (Qwen3-VL: 2 per second, 4
     * to 768).
     *
     * @param framesPerSecond how many per second
     * @param minFrames at least this many; a shorter video gives all its frames once
     * @param maxFrames at most this many
     */
    record Spread(double framesPerSecond, int minFrames, int maxFrames) implements Sampling {
        /**
         * @throws IllegalArgumentException if a value is not positive or the bounds are not in
         *     order
         */
        public Spread {
            checkBounds(framesPerSecond, minFrames, maxFrames);
        }
    }

    /**
     * As many frames as the video lasts seconds times {@code framesPerSecond}, within bounds and
     * rounded down to a multiple, at indices {@code arange(0, n, n / frames)} rounded down: the
     * first frame of each stretch (HF {@code sample_frames} of Qwen2-VL, Qwen2.5-VL and
     * VideoLLaMA3).
     *
     * @param framesPerSecond how many per second
     * @param minFrames at least this many; a shorter video gives all its frames once
     * @param maxFrames at most this many
     * @param multiple frames in a temporal patch: 2 for Qwen2-VL, 1 for VideoLLaMA3
     */
    record Stride(double framesPerSecond, int minFrames, int maxFrames, int multiple)
            implements Sampling {
        /**
         * @throws IllegalArgumentException if a value is not positive or the bounds are not in
         *     order
         */
        public Stride {
            checkBounds(framesPerSecond, minFrames, maxFrames);
            if (multiple < 1 || multiple > maxFrames) {
                throw new IllegalArgumentException(
                        "[multiple] must be from [1] to [max_frames], which is ["
                                + maxFrames
                                + "], not ["
                                + multiple
                                + "]");
            }
        }

        /**
         * A number of frames whatever the video lasts, to the nearest multiple, halves to the even
         * one.
         */
        public static Stride frames(int frames, int multiple) {
            int rounded = Math.max(1, (int) Math.rint((double) frames / multiple)) * multiple;
            return new Stride(1, rounded, rounded, multiple);
        }
    }

    /**
     * The last frame at or before each time; a time after the end gives the last frame. Each frame
     * once.
     *
     * @param seconds from the first frame, ascending after construction
     */
    record Timestamps(List<Double> seconds) implements Sampling {

        private static final int MOST = 4096;

        /**
         * @throws IllegalArgumentException if there is none, one is negative, or there are more
         *     than 4096
         */
        public Timestamps {
            if (seconds.isEmpty() || seconds.size() > MOST) {
                throw new IllegalArgumentException(
                        "[timestamps] must hold from [1] to ["
                                + MOST
                                + "] times in seconds, not ["
                                + seconds.size()
                                + "]");
            }
            for (double time : seconds) {
                if (!(time >= 0) || Double.isInfinite(time)) {
                    throw new IllegalArgumentException(
                            "[timestamps] are seconds from the first frame, not [" + time + "]");
                }
            }
            seconds = seconds.stream().sorted().toList();
        }
    }

    /**
     * Frames from the middle of each shot: of {@code n} frames between two cuts those at {@code (2
     * j + 1) n / (2 k)}; more than {@code maxFrames} of them are thinned to {@code maxFrames}
     * spread evenly. Finding the cuts decodes the whole video once more.
     *
     * @param framesPerShot {@code k}; a shorter shot gives all its frames once
     * @param maxFrames at most this many
     */
    record Shots(int framesPerShot, int maxFrames) implements Sampling {
        /**
         * @throws IllegalArgumentException if a value is below 1
         */
        public Shots {
            if (framesPerShot < 1 || maxFrames < 1) {
                throw new IllegalArgumentException(
                        "[frames] and [max_frames] must be at least [1], not ["
                                + framesPerShot
                                + "] and ["
                                + maxFrames
                                + "]");
            }
        }
    }

    /** What {@link #of} reads. */
    String FORMS = "uniform:8, fps:1, fps:2,180, spread:2, shots:1 or timestamps:0.5,3";

    /**
     * A strategy and its numbers as they are typed: {@code uniform:8}, {@code fps:1} (with the most
     * frames {@code fps:2,180}; {@code spread} and {@code shots} too, 512 where they are left out),
     * or {@code timestamps:0.5,3}.
     *
     * @throws IllegalArgumentException if it is none, or a number is out of range
     */
    static Sampling of(String text) {
        String[] parts = text.split(":", 2);
        List<Double> numbers = parts.length == 2 ? numbers(text, parts[1]) : List.of();
        if (numbers.isEmpty()) {
            throw unknown(text);
        }
        if (parts[0].equals("timestamps")) {
            return new Timestamps(numbers);
        }
        if (numbers.size() > (parts[0].equals("uniform") ? 1 : 2)) {
            throw unknown(text);
        }
        double n = numbers.get(0);
        int most = numbers.size() == 2 ? whole(numbers.get(1)) : MOST_FRAMES;
        return switch (parts[0]) {
            case "uniform" -> new Uniform(whole(n));
            case "fps" -> new Fps(n, most);
            case "spread" -> new Spread(n, LEAST_SPREAD, most);
            case "shots" -> new Shots(whole(n), most);
            default -> throw unknown(text);
        };
    }

    private static List<Double> numbers(String text, String listed) {
        try {
            return Arrays.stream(listed.split(",")).map(Double::valueOf).toList();
        } catch (NumberFormatException e) {
            throw unknown(text);
        }
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException("[" + text + "] must be like " + FORMS);
    }

    private static int whole(double number) {
        if (number != Math.rint(number)) {
            throw new IllegalArgumentException("[frames] must be whole, not [" + number + "]");
        }
        return (int) number;
    }

    private static void checkBounds(double framesPerSecond, int minFrames, int maxFrames) {
        if (!(framesPerSecond > 0) || Double.isInfinite(framesPerSecond)) {
            throw new IllegalArgumentException(
                    "[fps] must be a positive number, not [" + framesPerSecond + "]");
        }
        if (minFrames < 1 || maxFrames < minFrames) {
            throw new IllegalArgumentException(
                    "[min_frames] and [max_frames] must be at least [1] and in order, not ["
                            + minFrames
                            + "] and ["
                            + maxFrames
                            + "]");
        }
    }
}
