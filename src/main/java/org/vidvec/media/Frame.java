package org.vidvec.media;

/**
 * One decoded picture.
 *
 * @param timeSeconds presentation time in seconds from the first frame of the stream; 0 for an
 *     image
 * @param width in pixels
 * @param height in pixels
 * @param rgb [height, width, 3], 0..255, row by row without padding
 */
public record Frame(double timeSeconds, int width, int height, byte[] rgb) {

    /**
     * @throws IllegalArgumentException if {@code rgb} does not have width x height x 3 bytes
     */
    public Frame {
        if (rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "a frame of ["
                            + width
                            + "x"
                            + height
                            + "] needs ["
                            + 3L * width * height
                            + "] bytes, not ["
                            + rgb.length
                            + "]");
        }
    }
}
