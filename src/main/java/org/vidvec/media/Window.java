package org.vidvec.media;

import java.util.List;

/**
 * A part of a video and its frames. Windows that overlap share their frames.
 *
 * @param startSeconds from the first frame of the video
 * @param endSeconds where the next frame would begin
 * @param frames at least one, times ascending, counted from the first frame of the video
 */
public record Window(double startSeconds, double endSeconds, List<Frame> frames) {

    /** Keeps a copy of the list. */
    public Window {
        frames = List.copyOf(frames);
    }
}
