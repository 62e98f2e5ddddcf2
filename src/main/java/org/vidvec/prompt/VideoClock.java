package org.vidvec.prompt;

import java.util.List;
import org.vidvec.media.Frame;

/**
 * How fast the positions of a video's temporal patches go up (Qwen2.5-VL, section 2.1.2: M-RoPE
 * aligned to absolute time).
 *
 * @param tokensPerSecond tokens_per_second of vision_config; 0 for patches that are counted one by
 *     one, as in Qwen2-VL
 * @param temporalPatch frames in a temporal patch
 */
public record VideoClock(double tokensPerSecond, int temporalPatch) {

    /** Qwen2-VL: patches are counted. */
    public static final VideoClock COUNTING = new VideoClock(0, 1);

    // times are written with fewer digits than a double holds
    private static final double MICROSECONDS = 1e6;

    /** Positions from one temporal patch to the next: the mean distance of frames decides. */
    public float step(List<Frame> frames) {
        if (tokensPerSecond == 0 || frames.size() < 2) {
            return 1;
        }
        return secondsPerPatch(frames) * (float) tokensPerSecond;
    }

    /** HF's {@code second_per_grid_ts}; 0 for a single frame. */
    public float secondsPerPatch(List<Frame> frames) {
        if (frames.size() < 2) {
            return 0;
        }
        double seconds = frames.get(frames.size() - 1).timeSeconds() - frames.get(0).timeSeconds();
        double perPatch = seconds / (frames.size() - 1) * temporalPatch;
        return (float) (Math.rint(perPatch * MICROSECONDS) / MICROSECONDS);
    }
}
