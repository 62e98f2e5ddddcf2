package org.vidvec.backbone;

import java.util.Arrays;
import java.util.Locale;

/** What stands around the parts of a prompt. */
public enum PromptStyle {
    /** The family's chat template: one turn of the user, then the start of the answer. */
    CHAT,
    /** Nothing: parts as they stand, an image or video as its bare placeholders (VLM2Vec-V2). */
    PLAIN,
    /**
     * Between the family's embedding tokens: pictures, instruction, then a token that asks for an
     * embedding of the text after it, or of the pictures if there is no text (ViLL-E App. C).
     */
    EMBED_TOKENS;

    /** The name in model cards. */
    public String cardName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The style of a name in a model card.
     *
     * @throws IllegalArgumentException that lists the names
     */
    public static PromptStyle of(String name) {
        for (PromptStyle style : values()) {
            if (style.cardName().equals(name)) {
                return style;
            }
        }
        throw new IllegalArgumentException(
                "unknown prompt style ["
                        + name
                        + "]; known are "
                        + Arrays.stream(values()).map(PromptStyle::cardName).toList());
    }
}
