package org.vidvec.media;

/**
 * One decoded picture.
 *
 * @param index of the frame in its stream, from 0; of a page in its document
 * @param timeSeconds presentation time in seconds from the first frame of the stream; 0 for an
 *     image
 * @param width in pixels
 * @param height in pixels
 * @param rgb [height, width, 3], 0..255, row by row without padding
 */
public record Frame(int index, double timeSeconds, int width, int height, byte[] rgb) {

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

    /** A picture that stands alone, or whose place in its stream nobody asks for. */
    public Frame(double timeSeconds, int width, int height, byte[] rgb) {
        this(0, timeSeconds, width, height, rgb);
    }

    /**
     * The mean of each colour over all pixels.
     *
     * @return [3], 0..255
     */
    public double[] meanRgb() {
        long[] sums = new long[3];
        for (int i = 0; i < rgb.length; i++) {
            sums[i % 3] += rgb[i] & 255;
        }
        double pixels = (double) width * height;
        return new double[] {sums[0] / pixels, sums[1] / pixels, sums[2] / pixels};
    }
}
