package org.vidvec.world;

import java.util.Arrays;

/**
 * Rendered pictures.
 *
 * @param count number of frames
 * @param size of each
 * @param rgb [frames, height, width, 3], 0..255
 */
public record Frames(int count, FrameSize size, byte[] rgb) {

    /**
     * @throws IllegalArgumentException if {@code rgb} has another length
     */
    public Frames {
        if (rgb.length != (long) count * size.bytes()) {
            throw new IllegalArgumentException(
                    "[" + count + "] frames of " + size + " in [" + rgb.length + "] bytes");
        }
    }

    /** A copy of one frame: [height, width, 3]. */
    public byte[] frame(int index) {
        return Arrays.copyOfRange(rgb, index * size.bytes(), (index + 1) * size.bytes());
    }
}
