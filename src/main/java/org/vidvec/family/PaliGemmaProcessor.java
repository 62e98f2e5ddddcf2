package org.vidvec.family;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.media.Frame;
import org.vidvec.prompt.FrameSizing;
import org.vidvec.prompt.PictureProcessor;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PreprocessorConfig;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.PromptProcessor;
import org.vidvec.prompt.PromptStyle;
import org.vidvec.prompt.VisionInput;
import org.vidvec.resize.ImageSize;

/**
 * PaliGemma's processor (HF {@code PaliGemmaProcessor}). Each frame of a video is a picture of its
 * own, as in ViLL-E; the whole prompt is a bidirectional prefix, a suffix after it is causal, and
 * positions start at 1.
 */
public final class PaliGemmaProcessor implements PromptProcessor {

    private final PaliGemmaPrompt prompt;
    private final PictureProcessor pictures;
    private final long imageToken;

    /**
     * @param pictures how frames become patches, see {@link #pictures}
     */
    public PaliGemmaProcessor(
            PaliGemmaPrompt prompt, PaliGemmaConfig config, PreprocessorConfig pictures) {
        this.prompt = prompt;
        this.pictures = pictures(pictures, config.vision());
        this.imageToken = config.imageToken();
    }

    /** Frames at the one size that the tower has positions for, whatever their shape. */
    static PictureProcessor pictures(PreprocessorConfig config, SiglipConfig vision) {
        ImageSize size = new ImageSize(vision.image(), vision.image());
        return new PictureProcessor(config, FrameSizing.fixed(size));
    }

    @Override
    public PreparedSequence prepare(List<PromptPart> parts, PromptStyle style)
            throws EngineException {
        long[] prefix = tokens(parts);
        long[] suffix = prompt.suffix(parts);
        long[] ids = Arrays.copyOf(prefix, prefix.length + suffix.length);
        System.arraycopy(suffix, 0, ids, prefix.length, suffix.length);
        List<VisionInput> inputs = new ArrayList<>();
        for (PromptPart part : parts) {
            if (part instanceof PromptPart.Vision vision) {
                inputs.add(
                        new VisionInput(
                                pictures.rows(vision.frames()),
                                pictures.grid(vision.frames()),
                                pictures.mergeSize(),
                                imageToken));
            }
        }
        long[] positions = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            positions[i] = 1 + i;
        }
        long[][] axes = {positions, positions, positions};
        return new PreparedSequence(ids, axes, inputs, prefix.length);
    }

    @Override
    public List<Frame> resized(PromptPart.Vision part) {
        return pictures.resized(part.frames());
    }

    @Override
    public int countTokens(List<PromptPart> parts, PromptStyle style) throws EngineException {
        return tokens(parts).length + prompt.suffix(parts).length;
    }

    private long[] tokens(List<PromptPart> parts) throws EngineException {
        List<Integer> counts = new ArrayList<>();
        boolean empty = true;
        for (PromptPart part : parts) {
            if (part instanceof PromptPart.Vision vision) {
                counts.add(pictures.grid(vision.frames()).patches());
                empty = false;
            } else if (part instanceof PromptPart.Text text) {
                empty &= text.value().isEmpty();
            }
        }
        if (empty) {
            throw new IllegalArgumentException(
                    "the input is empty; send at least one character, image or video");
        }
        return prompt.tokenize(parts, counts);
    }
}
