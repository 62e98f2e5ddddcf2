package org.vidvec.prompt;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.vidvec.resize.ImageSize;

/**
 * Pictures in the first release of VideoLLaMA3 ({@code Videollama3ImageProcessor}): through Pillow,
 * and the tokens of all pictures of a prompt share one bound. Pictures keep their proportions,
 * unless {@link #exchanged} asks for what the released code does.
 *
 * @param images how images become patches
 * @param videos how frames of videos do
 * @param minTokens least tokens of a picture
 * @param maxTokens most tokens of all pictures together
 * @param maxPixels largest area of a picture, besides
 * @param imagesExchanged whether width is taken for height and height for width of images
 */
public record ReleasedPictures(
        PreprocessorConfig images,
        PreprocessorConfig videos,
        long minTokens,
        long maxTokens,
        long maxPixels,
        boolean imagesExchanged) {

    // Videollama3ImageProcessor, Videollama3Qwen2Processor
    private static final int MIN_TOKENS = 16;
    private static final int MAX_TOKENS = 16384;
    private static final int IMAGE_MERGE = 1;
    private static final int VIDEO_MERGE = 2;

    /**
     * Reads the two files of a release.
     *
     * @param pictures {@code preprocessor_config.json}
     * @param processor {@code processor_config.json}; may be empty
     * @throws IllegalArgumentException if they ask for something that is not offered
     */
    public static ReleasedPictures read(JsonObject pictures, JsonObject processor, long maxPixels) {
        PreprocessorConfig any = PreprocessorConfig.of(pictures);
        long min = number(pictures, "min_tokens", MIN_TOKENS);
        long max = number(pictures, "max_tokens", MAX_TOKENS);
        if (min < 1 || max < min) {
            throw new IllegalArgumentException(
                    "[min_tokens] is ["
                            + min
                            + "] and [max_tokens] is ["
                            + max
                            + "]; they must be positive and in order");
        }
        return new ReleasedPictures(
                kind(any, merge(processor, "image_merge_size", IMAGE_MERGE)),
                kind(any, merge(processor, "video_merge_size", VIDEO_MERGE)),
                min,
                max,
                maxPixels,
                false);
    }

    /**
     * The same as the released code treats images that it reads from files: it takes width for
     * height and height for width.
     */
    public ReleasedPictures exchanged() {
        return new ReleasedPictures(images, videos, minTokens, maxTokens, maxPixels, true);
    }

    private static PreprocessorConfig kind(PreprocessorConfig any, int merge) {
        Patches patches = new Patches(any.patches().patchSize(), 1, merge);
        return new PreprocessorConfig(
                any.minPixels(),
                any.maxPixels(),
                patches,
                any.mean(),
                any.std(),
                any.rescaleFactor(),
                any.kernel());
    }

    private static int merge(JsonObject json, String field, int absent) {
        long merge = number(json, field, absent);
        // the mean of a block is bilinear shrinking for these two only
        if (merge != 1 && merge != 2) {
            throw new IllegalArgumentException(
                    "[" + field + "] is [" + merge + "]; supported are [1] and [2]");
        }
        return (int) merge;
    }

    private static long number(JsonObject json, String field, long absent) {
        return json.has(field) && json.get(field).isJsonNull() == false
                ? json.get(field).getAsLong()
                : absent;
    }

    /**
     * @throws IllegalArgumentException if the files are for patches of another size
     */
    public void requirePatch(int patch) {
        if (images.patches().patchSize() != patch) {
            throw new IllegalArgumentException(
                    "[patch_size] is ["
                            + images.patches().patchSize()
                            + "], but ["
                            + patch
                            + "] in [config.json]; take both files from one checkpoint");
        }
    }

    /** One size per image or video of a prompt. */
    public List<ImageSize> sizes(List<PromptPart.Vision> parts) {
        long kinds = parts.stream().map(Object::getClass).distinct().count();
        int pictures = parts.stream().mapToInt(p -> p.frames().size()).sum();
        double tokens = parts.stream().mapToDouble(this::tokens).sum();
        Function<PromptPart.Vision, ImageSize> rule =
                kinds > 1 ? part -> mixed(part, tokens) : part -> alike(part, pictures);
        List<ImageSize> sizes = new ArrayList<>();
        for (PromptPart.Vision part : parts) {
            sizes.add(rule.apply(part));
        }
        return sizes;
    }

    private ImageSize own(PromptPart.Vision part) {
        ImageSize own = PictureProcessor.commonSize(part.frames());
        return imagesExchanged && part instanceof PromptPart.Image
                ? new ImageSize(own.width(), own.height())
                : own;
    }

    private int factor(PromptPart.Vision part) {
        return (part instanceof PromptPart.Image ? images : videos).patches().factor();
    }

    private double tokens(PromptPart.Vision part) {
        ImageSize own = own(part);
        double factor = factor(part);
        double perPicture = Math.ceil(own.height() / factor) * Math.ceil(own.width() / factor);
        return part.frames().size() * perPicture;
    }

    /** All of one kind. The lower bound comes last and wins. */
    private ImageSize alike(PromptPart.Vision part, int pictures) {
        ImageSize own = own(part);
        int factor = factor(part);
        long unit = (long) factor * factor;
        long least = minTokens * unit;
        long most = Math.min(maxTokens * unit / pictures, Math.max(maxPixels, least));
        double area = (double) own.height() * own.width();
        ImageSize size = rounded(own, factor);
        if ((long) size.height() * size.width() > most) {
            size = shrunk(own, Math.sqrt(area / most), factor);
        }
        if ((long) size.height() * size.width() < least) {
            double beta = Math.sqrt(least / area);
            size =
                    new ImageSize(
                            (int) Math.ceil(own.height() * beta / factor) * factor,
                            (int) Math.ceil(own.width() * beta / factor) * factor);
        }
        return size;
    }

    /** Images beside videos. A side of nothing, which the original allows, becomes one block. */
    private ImageSize mixed(PromptPart.Vision part, double tokens) {
        ImageSize own = own(part);
        int factor = factor(part);
        ImageSize size =
                tokens > maxTokens
                        ? shrunk(own, Math.sqrt(tokens / maxTokens), factor)
                        : rounded(own, factor);
        return new ImageSize(Math.max(factor, size.height()), Math.max(factor, size.width()));
    }

    private static ImageSize rounded(ImageSize own, int factor) {
        // rint: Python rounds halves to even
        return new ImageSize(
                (int) Math.rint((double) own.height() / factor) * factor,
                (int) Math.rint((double) own.width() / factor) * factor);
    }

    private static ImageSize shrunk(ImageSize own, double beta, int factor) {
        return new ImageSize(
                (int) Math.floor(own.height() / beta / factor) * factor,
                (int) Math.floor(own.width() / beta / factor) * factor);
    }
}
