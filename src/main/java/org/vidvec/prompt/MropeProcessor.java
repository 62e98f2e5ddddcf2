package org.vidvec.prompt;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.media.Frame;

/** Qwen2-VL's processor (HF {@code Qwen2VLProcessor}). */
public final class MropeProcessor implements PromptProcessor {

    private final MropePrompt prompt;
    private final long imageToken;
    private final long videoToken;
    private final PictureProcessor images;
    private final PictureProcessor videos;

    /**
     * @param imageToken placeholder of an image's tokens
     * @param videoToken placeholder of a video's tokens
     * @param images how images become patches
     * @param videos how videos do; the two may differ in their bounds
     */
    public MropeProcessor(
            MropePrompt prompt,
            long imageToken,
            long videoToken,
            PictureProcessor images,
            PictureProcessor videos) {
        this.prompt = prompt;
        this.imageToken = imageToken;
        this.videoToken = videoToken;
        this.images = images;
        this.videos = videos;
    }

    @Override
    public PreparedSequence prepare(List<PromptPart> parts, PromptStyle style)
            throws EngineException {
        PromptTokens tokens = tokens(parts, style);
        List<VisionInput> inputs = new ArrayList<>();
        for (PromptPart part : parts) {
            if (part instanceof PromptPart.Vision vision) {
                inputs.add(input(vision));
            }
        }
        MropePositions positions = prompt.positions(tokens, style);
        return new PreparedSequence(tokens.ids(), positions.ids(), inputs);
    }

    @Override
    public int countTokens(List<PromptPart> parts, PromptStyle style) throws EngineException {
        return tokens(parts, style).ids().length;
    }

    @Override
    public List<Frame> resized(PromptPart.Vision part) {
        return pictures(part).resized(part.frames());
    }

    @Override
    public float secondsPerPatch(PromptPart.Vision part) {
        return prompt.secondsPerPatch(part);
    }

    private PromptTokens tokens(List<PromptPart> parts, PromptStyle style) throws EngineException {
        List<PatchGrid> grids = new ArrayList<>();
        for (PromptPart part : parts) {
            if (part instanceof PromptPart.Vision vision) {
                PictureProcessor pictures = pictures(vision);
                grids.add(pictures.grid(vision.frames()).merged(pictures.mergeSize()));
            }
        }
        PromptTokens tokens = prompt.tokenize(parts, style, grids);
        if (tokens.ids().length == 0) {
            throw new IllegalArgumentException(
                    "the input is empty; send at least one character, image or video");
        }
        return tokens;
    }

    private VisionInput input(PromptPart.Vision vision) {
        PictureProcessor pictures = pictures(vision);
        long placeholder = vision instanceof PromptPart.Image ? imageToken : videoToken;
        return new VisionInput(
                pictures.rows(vision.frames()),
                pictures.grid(vision.frames()),
                pictures.mergeSize(),
                placeholder);
    }

    private PictureProcessor pictures(PromptPart.Vision vision) {
        return vision instanceof PromptPart.Image ? images : videos;
    }
}
