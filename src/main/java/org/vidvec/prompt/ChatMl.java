package org.vidvec.prompt;

import java.util.List;
import java.util.function.BiConsumer;

/**
 * The turns of ChatML, in which all Qwen families are asked: a system message, what the user says,
 * the start of the answer. Thread-safe.
 */
public final class ChatMl {

    private static final String SYSTEM = "<|im_start|>system\n";
    private static final String USER = "<|im_start|>user\n";
    private static final String END = "<|im_end|>\n";
    private static final String ASSISTANT = "<|im_start|>assistant\n";

    private final String systemMessage;

    /**
     * @param systemMessage of a prompt that has none of its own; empty for no system turn
     */
    public ChatMl(String systemMessage) {
        this.systemMessage = systemMessage;
    }

    /**
     * Writes a prompt.
     *
     * @param style without a chat there are the parts alone
     * @param pictures writes what stands for an image or a video
     */
    public PromptText write(
            PromptText text,
            List<PromptPart> parts,
            PromptStyle style,
            BiConsumer<PromptText, PromptPart.Vision> pictures) {
        if (style.isChat()) {
            system(text, parts);
            text.template(USER);
        }
        for (PromptPart part : parts) {
            if (part instanceof PromptPart.Text words) {
                text.plain(words.value());
            } else if (part instanceof PromptPart.Vision vision) {
                pictures.accept(text, vision);
            } else if (part instanceof PromptPart.Suffix) {
                throw new IllegalArgumentException(
                        "a chat has no suffix; only prompts of PaliGemma have one");
            }
        }
        if (style.isChat()) {
            text.template(END + ASSISTANT);
            for (PromptPart part : parts) {
                if (part instanceof PromptPart.Answer answer) {
                    text.template(answer.begin());
                }
            }
        }
        return text;
    }

    private void system(PromptText text, List<PromptPart> parts) {
        String message = systemMessage;
        for (PromptPart part : parts) {
            if (part instanceof PromptPart.SystemMessage own) {
                message = own.value();
            }
        }
        if (message.isEmpty() == false) {
            text.template(SYSTEM).plain(message).template(END);
        }
    }
}
