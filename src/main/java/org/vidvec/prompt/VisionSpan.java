package org.vidvec.prompt;

/**
 * Where an image or video lies among the tokens of a sequence.
 *
 * @param start index of its first token
 * @param time extent of its token grid, after merging
 * @param height rows of its token grid
 * @param width columns of its token grid
 * @param timeStep positions from one temporal patch to the next, before rounding down
 */
public record VisionSpan(int start, int time, int height, int width, float timeStep) {

    /** A span whose temporal patches are counted one by one. */
    public VisionSpan(int start, int time, int height, int width) {
        this(start, time, height, width, 1);
    }

    /** Number of its tokens. */
    public int length() {
        return time * height * width;
    }

    /** Position on the axis of time of a temporal patch, from that of the first. */
    public long timeOf(int patch) {
        return (long) (patch * timeStep);
    }
}
