package org.vidvec.resize;

/**
 * The size to which a picture is resized so that whole merged patches cover it, its area lies in
 * bounds and its proportions hold as well as possible (HF {@code smart_resize} of Qwen2-VL).
 *
 * @param factor both sides become multiples of it, pixels; patch size x merge size (28)
 * @param minPixels smallest area
 * @param maxPixels largest area
 */
public record SmartResize(int factor, long minPixels, long maxPixels) {

    /** HF {@code smart_resize}: longer pictures are refused. */
    static final int MAX_ASPECT_RATIO = 200;

    /**
     * The size for a picture.
     *
     * @throws IllegalArgumentException if one side is over 200 times the other
     */
    public ImageSize resize(int height, int width) {
        checkAspectRatio(height, width);
        // rint: Python rounds halves to even
        long newHeight = (long) Math.rint((double) height / factor) * factor;
        long newWidth = (long) Math.rint((double) width / factor) * factor;
        if (newHeight * newWidth > maxPixels) {
            double beta = Math.sqrt((double) height * width / maxPixels);
            newHeight = Math.max(factor, (long) Math.floor(height / beta / factor) * factor);
            newWidth = Math.max(factor, (long) Math.floor(width / beta / factor) * factor);
        } else if (newHeight * newWidth < minPixels) {
            double beta = Math.sqrt((double) minPixels / ((double) height * width));
            newHeight = (long) Math.ceil(height * beta / factor) * factor;
            newWidth = (long) Math.ceil(width * beta / factor) * factor;
        }
        return new ImageSize(Math.toIntExact(newHeight), Math.toIntExact(newWidth));
    }

    static void checkAspectRatio(int height, int width) {
        if (Math.max(height, width) > (double) MAX_ASPECT_RATIO * Math.min(height, width)) {
            throw new IllegalArgumentException(
                    "a picture of ["
                            + width
                            + "x"
                            + height
                            + "] is too long: one side may be at most ["
                            + MAX_ASPECT_RATIO
                            + "] times the other; crop it");
        }
    }
}
