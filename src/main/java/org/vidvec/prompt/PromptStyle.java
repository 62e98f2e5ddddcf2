package org.vidvec.prompt;

import java.util.Arrays;
import java.util.Locale;

/** What stands around the parts of a prompt. */
public enum PromptStyle {
    /** The family's chat template: one turn of the user, then the start of the answer. */
    CHAT,
    /**
     * The same and then the tokens with which the checkpoint's tokenizer itself ends a text, in
     * whose state Qwen3-VL-Embedding was trained to put the vector.
     */
    CHAT_END,
    /**
     * Nothing: parts as they stand, an image or video as its bare placeholders (VLM2Vec-V2), ended
     * as the tokenizer does.
     */
    PLAIN,
    /**
     * Between the family's embedding tokens: pictures, instruction, then a token that asks for an
     * embedding of the text after it, or of the pictures if there is no text (ViLL-E App. C).
     */
    EMBED_TOKENS;

    /** Whether the parts stand in the turns of a chat. */
    public boolean isChat() {
        return this == CHAT || this == CHAT_END;
    }

    /** Whether the tokenizer's own end of a text is added. */
    boolean hasEnd() {
        return this == CHAT_END || this == PLAIN;
    }

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
