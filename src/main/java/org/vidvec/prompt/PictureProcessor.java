package org.vidvec.prompt;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.media.Frame;
import org.vidvec.resize.ImageSize;
import org.vidvec.resize.PictureResize;
import org.vidvec.resize.ResizeKernel;
import org.vidvec.resize.ResizeRule;

/**
 * Pictures to the rows that a vision transformer reads: resize (bytes to bytes), normalise, cut
 * into patches. Thread-safe.
 */
public final class PictureProcessor {

    private final FrameSizing sizing;
    private final Patches patches;
    private final Normalisation normalisation;
    private final ResizeKernel kernel;
    private final ResizeRule rule;

    /** For the pictures that a configuration describes, each sized on its own. */
    public PictureProcessor(PreprocessorConfig config) {
        this(config, FrameSizing.each(config));
    }

    /** The same with sizes of another rule. */
    public PictureProcessor(PreprocessorConfig config, FrameSizing sizing) {
        this(
                config.patches(),
                sizing,
                new Normalisation(config.mean(), config.std(), config.rescaleFactor()),
                config.kernel(),
                ResizeRule.TORCHVISION);
    }

    private PictureProcessor(
            Patches patches,
            FrameSizing sizing,
            Normalisation normalisation,
            ResizeKernel kernel,
            ResizeRule rule) {
        this.patches = patches;
        this.sizing = sizing;
        this.normalisation = normalisation;
        this.kernel = kernel;
        this.rule = rule;
    }

    /** As processors do that go through Pillow and NumPy. */
    public static PictureProcessor throughPillow(PreprocessorConfig config) {
        Normalisation normalisation =
                Normalisation.inTwoSteps(config.mean(), config.std(), config.rescaleFactor());
        return new PictureProcessor(
                config.patches(),
                FrameSizing.each(config),
                normalisation,
                config.kernel(),
                ResizeRule.PILLOW);
    }

    /** Side of the block of patches that becomes one token. */
    public int mergeSize() {
        return patches.mergeSize();
    }

    /**
     * The grid that frames will have; looks at their size only.
     *
     * @throws IllegalArgumentException if sizes differ or a picture is too long for its width
     */
    public PatchGrid grid(List<Frame> frames) {
        return grid(frames, size(frames));
    }

    /** The same at another size. */
    public PatchGrid grid(List<Frame> frames, ImageSize size) {
        return patches.grid(frames.size(), size);
    }

    /**
     * The rows of frames.
     *
     * @param frames of one size
     * @return [patches, channels x time x height x width], row by row
     * @throws IllegalArgumentException if sizes differ or a picture is too long for its width
     */
    public PatchRows rows(List<Frame> frames) {
        return rows(frames, size(frames));
    }

    /** The same at another size. */
    public PatchRows rows(List<Frame> frames, ImageSize size) {
        return patches.rows(resized(frames, size), normalisation);
    }

    /** Frames as they are cut into patches. */
    public List<Frame> resized(List<Frame> frames) {
        return resized(frames, size(frames));
    }

    /** The same at another size. */
    public List<Frame> resized(List<Frame> frames, ImageSize size) {
        List<Frame> resized = new ArrayList<>(frames.size());
        for (Frame frame : frames) {
            resized.add(PictureResize.resize(frame, size, kernel, rule));
        }
        return resized;
    }

    /**
     * The size to which frames are resized.
     *
     * @throws IllegalArgumentException if sizes differ or a picture is too long for its width
     */
    public ImageSize size(List<Frame> frames) {
        ImageSize own = commonSize(frames);
        return sizing.size(frames.size(), own.height(), own.width());
    }

    /**
     * The size that frames have.
     *
     * @throws IllegalArgumentException if they differ
     */
    static ImageSize commonSize(List<Frame> frames) {
        Frame first = frames.get(0);
        for (Frame frame : frames) {
            if (frame.width() != first.width() || frame.height() != first.height()) {
                throw new IllegalArgumentException(
                        "the frames of a video must have one size; there are ["
                                + first.width()
                                + "x"
                                + first.height()
                                + "] and ["
                                + frame.width()
                                + "x"
                                + frame.height()
                                + "]");
            }
        }
        return new ImageSize(first.height(), first.width());
    }
}
