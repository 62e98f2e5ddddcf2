package org.vidvec.prompt;

/**
 * How many patches a video or image has along each axis, before merging (HF {@code grid_thw}).
 *
 * @param time temporal patches
 * @param height rows
 * @param width columns
 */
public record PatchGrid(int time, int height, int width) {

    /** Number of patches. */
    public int patches() {
        return time * height * width;
    }

    /** The grid of the tokens that the decoder reads, with {@code merge x merge} patches in one. */
    public PatchGrid merged(int merge) {
        return new PatchGrid(time, height / merge, width / merge);
    }
}
