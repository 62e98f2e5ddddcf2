package org.vidvec.model;

/**
 * What a card changes about the checkpoint's own processor.
 *
 * @param tokenCompression whether VideoLLaMA3 drops blocks that hardly change from frame to frame;
 *     null for what the checkpoint says
 * @param exchangedImageSides whether images are squeezed into the size that height and width
 *     exchanged would have, as the first release of VideoLLaMA3 does with image files
 */
public record ProcessorChoices(Boolean tokenCompression, boolean exchangedImageSides) {

    /** None: all as the checkpoint says. */
    public static final ProcessorChoices NONE = new ProcessorChoices(null, false);

    static ProcessorChoices read(CardJson json, ProcessorChoices otherwise) {
        return new ProcessorChoices(
                json.flag("use_token_compression", otherwise.tokenCompression),
                json.bool("exchanged_image_sides", otherwise.exchangedImageSides));
    }

    /** Whether to compress, if the checkpoint says this. */
    boolean compress(boolean checkpoint) {
        return tokenCompression == null ? checkpoint : tokenCompression;
    }
}
