package org.vidvec.prompt;

import org.vidvec.resize.ImageSize;
import org.vidvec.resize.SmartResize;
import org.vidvec.resize.VolumeResize;

/** To which size the frames of an image or video are resized. */
@FunctionalInterface
public interface FrameSizing {

    /**
     * The size of each frame.
     *
     * @param numFrames how many there are; 1 for an image
     * @throws IllegalArgumentException if a picture is too long for its width
     */
    ImageSize size(int numFrames, int height, int width);

    /** One size for all, whatever their shape (PaliGemma). */
    static FrameSizing fixed(ImageSize size) {
        return (numFrames, height, width) -> size;
    }

    /** However many there are (Qwen2-VL). */
    static FrameSizing each(PreprocessorConfig config) {
        SmartResize rule =
                new SmartResize(config.patches().factor(), config.minPixels(), config.maxPixels());
        return (numFrames, height, width) -> rule.resize(height, width);
    }

    /**
     * The upper bound is shared between the frames of a video (HF {@code
     * VideoLlama3VideoProcessor}).
     *
     * @param maxPixels largest area of a frame, besides
     */
    static FrameSizing shared(PreprocessorConfig config, long maxPixels) {
        long most = Math.max(config.minPixels(), maxPixels);
        return (numFrames, height, width) ->
                new SmartResize(
                                config.patches().factor(),
                                config.minPixels(),
                                Math.min(most, config.maxPixels() / numFrames))
                        .resize(height, width);
    }

    /**
     * All together: the bounds are those of their areas' sum (Qwen3-VL).
     *
     * @param framePixels largest area of a single frame
     */
    static FrameSizing together(PreprocessorConfig config, long framePixels) {
        Patches patches = config.patches();
        return (numFrames, height, width) -> {
            long most = Math.min(config.maxPixels(), Math.multiplyExact(framePixels, numFrames));
            return new VolumeResize(
                            patches.factor(),
                            patches.temporalPatchSize(),
                            config.minPixels(),
                            Math.max(config.minPixels(), most))
                    .resize(numFrames, height, width);
        };
    }
}
