package org.vidvec.family;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.vidvec.engine.EngineException;
import org.vidvec.media.Frame;
import org.vidvec.prompt.PatchGrid;
import org.vidvec.prompt.PatchRows;
import org.vidvec.prompt.PictureProcessor;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.PromptProcessor;
import org.vidvec.prompt.PromptStyle;
import org.vidvec.prompt.ReleasedPictures;
import org.vidvec.prompt.TokenCompression;
import org.vidvec.prompt.VisionInput;
import org.vidvec.resize.ImageSize;

/**
 * VideoLLaMA3's processor (HF {@code VideoLlama3Processor}). Blocks of a video that hardly differ
 * from the frame before are dropped from prompt and features together.
 */
public final class VideoLlama3Processor implements PromptProcessor {

    private final VideoLlama3Prompt prompt;
    private final PictureProcessor images;
    private final PictureProcessor videos;
    private final Function<List<PromptPart.Vision>, List<ImageSize>> sizes;
    private final boolean compress;

    /**
     * For checkpoints as transformers writes them: each image or video has a size of its own.
     *
     * @param images how images become patches
     * @param videos how videos do
     * @param compress whether to drop blocks (use_token_compression)
     */
    public VideoLlama3Processor(
            VideoLlama3Prompt prompt,
            PictureProcessor images,
            PictureProcessor videos,
            boolean compress) {
        this.prompt = prompt;
        this.images = images;
        this.videos = videos;
        this.compress = compress;
        sizes = parts -> parts.stream().map(p -> pictures(p).size(p.frames())).toList();
    }

    /** For the layout of the first release: sizes are decided together. */
    public VideoLlama3Processor(
            VideoLlama3Prompt prompt, ReleasedPictures pictures, boolean compress) {
        this.prompt = prompt;
        this.compress = compress;
        images = PictureProcessor.throughPillow(pictures.images());
        videos = PictureProcessor.throughPillow(pictures.videos());
        sizes = pictures::sizes;
    }

    @Override
    public PreparedSequence prepare(List<PromptPart> parts, PromptStyle style)
            throws EngineException {
        List<PromptPart.Vision> vision = vision(parts);
        List<ImageSize> targets = sizes.apply(vision);
        List<VisionInput> inputs = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < vision.size(); i++) {
            PromptPart.Vision part = vision.get(i);
            PictureProcessor pictures = pictures(part);
            int merge = pictures.mergeSize();
            PatchGrid grid = pictures.grid(part.frames(), targets.get(i));
            PatchRows rows = pictures.rows(part.frames(), targets.get(i));
            TokenCompression compression =
                    compress && part instanceof PromptPart.Video
                            ? TokenCompression.of(rows.values(), grid, merge)
                            : TokenCompression.none(grid, merge);
            counts.addAll(compression.perFrame());
            long placeholder = prompt.placeholder(part);
            inputs.add(new VisionInput(rows, grid, merge, compression.kept(), placeholder));
        }
        long[] ids = nonEmpty(prompt.tokenize(parts, style, counts));
        long[] positions = LongStream.range(0, ids.length).toArray();
        return new PreparedSequence(ids, new long[][] {positions, positions, positions}, inputs);
    }

    @Override
    public int countTokens(List<PromptPart> parts, PromptStyle style) throws EngineException {
        List<PromptPart.Vision> vision = vision(parts);
        List<ImageSize> targets = sizes.apply(vision);
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < vision.size(); i++) {
            PictureProcessor pictures = pictures(vision.get(i));
            PatchGrid grid = pictures.grid(vision.get(i).frames(), targets.get(i));
            counts.addAll(TokenCompression.none(grid, pictures.mergeSize()).perFrame());
        }
        return nonEmpty(prompt.tokenize(parts, style, counts)).length;
    }

    @Override
    public List<Frame> resized(PromptPart.Vision part) {
        return pictures(part).resized(part.frames(), sizes.apply(List.of(part)).get(0));
    }

    private static long[] nonEmpty(long[] ids) {
        if (ids.length == 0) {
            throw new IllegalArgumentException(
                    "the input is empty; send at least one character, image or video");
        }
        return ids;
    }

    private static List<PromptPart.Vision> vision(List<PromptPart> parts) {
        return parts.stream()
                .filter(PromptPart.Vision.class::isInstance)
                .map(PromptPart.Vision.class::cast)
                .toList();
    }

    private PictureProcessor pictures(PromptPart.Vision part) {
        return part instanceof PromptPart.Image ? images : videos;
    }
}
