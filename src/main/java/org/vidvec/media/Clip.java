package org.vidvec.media;

import java.util.List;

/**
 * The sampled frames of a video, or the one frame of an image.
 *
 * @param info what the file is
 * @param frames at least one, times ascending
 */
public record Clip(MediaInfo info, List<Frame> frames) {

    /**
     * @throws IllegalArgumentException if there is no frame
     */
    public Clip {
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("a clip needs at least one frame");
        }
        frames = List.copyOf(frames);
    }
}
