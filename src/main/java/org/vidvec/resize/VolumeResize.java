package org.vidvec.resize;

/**
 * The size to which the frames of a video are resized so that whole merged patches cover them and
 * frames x height x width lies in bounds (HF {@code smart_resize} of Qwen3-VL's video processor).
 *
 * @param factor both sides become multiples of it, pixels; patch size x merge size
 * @param temporalFactor frames in a temporal patch
 * @param minPixels smallest sum of the frames' areas
 * @param maxPixels largest sum of the frames' areas
 */
public record VolumeResize(int factor, int temporalFactor, long minPixels, long maxPixels) {

    /**
     * The size of each frame.
     *
     * @throws IllegalArgumentException if one side is over 200 times the other
     */
    public ImageSize resize(int numFrames, int height, int width) {
        int h = height;
        int w = width;
        if (h < factor || w < factor) {
            double scale = Math.max((double) factor / h, (double) factor / w);
            h = (int) (h * scale);
            w = (int) (w * scale);
        }
        SmartResize.checkAspectRatio(height, width);
        // rint: Python rounds halves to even
        long newHeight = (long) Math.rint((double) h / factor) * factor;
        long newWidth = (long) Math.rint((double) w / factor) * factor;
        long frames = (long) Math.rint((double) numFrames / temporalFactor) * temporalFactor;
        // a single frame fills its patch with itself; the original refuses it
        frames = Math.max(frames, temporalFactor);
        double volume = (double) numFrames * h * w;
        if (frames * newHeight * newWidth > maxPixels) {
            double beta = Math.sqrt(volume / maxPixels);
            newHeight = Math.max(factor, (long) Math.floor(h / beta / factor) * factor);
            newWidth = Math.max(factor, (long) Math.floor(w / beta / factor) * factor);
        } else if (frames * newHeight * newWidth < minPixels) {
            double beta = Math.sqrt(minPixels / volume);
            newHeight = (long) Math.ceil(h * beta / factor) * factor;
            newWidth = (long) Math.ceil(w * beta / factor) * factor;
        }
        return new ImageSize(Math.toIntExact(newHeight), Math.toIntExact(newWidth));
    }
}
