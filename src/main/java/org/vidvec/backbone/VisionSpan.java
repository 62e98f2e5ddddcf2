package org.vidvec.backbone;

/**
 * Where an image or video lies among the tokens of a sequence.
 *
 * @param start index of its first token
 * @param time extent of its token grid, after merging
 * @param height rows of its token grid
 * @param width columns of its token grid
 */
public record VisionSpan(int start, int time, int height, int width) {

    /** Number of its tokens. */
    public int length() {
        return time * height * width;
    }
}
