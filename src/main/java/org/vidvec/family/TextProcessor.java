package org.vidvec.family;

import java.util.List;
import java.util.stream.LongStream;
import org.vidvec.engine.EngineException;
import org.vidvec.prompt.ChatMl;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PromptEncoder;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.PromptProcessor;
import org.vidvec.prompt.PromptStyle;
import org.vidvec.prompt.PromptText;

/** Prompts of a decoder that reads text alone: positions count up from 0. */
public final class TextProcessor implements PromptProcessor {

    private final PromptEncoder encoder;
    private final ChatMl chat;

    /**
     * @param systemMessage what the chat template says by default; empty for no system turn
     */
    public TextProcessor(PromptEncoder encoder, String systemMessage) {
        this.encoder = encoder;
        this.chat = new ChatMl(systemMessage);
    }

    @Override
    public PreparedSequence prepare(List<PromptPart> parts, PromptStyle style)
            throws EngineException {
        long[] ids = tokens(parts, style);
        long[] positions = LongStream.range(0, ids.length).toArray();
        return new PreparedSequence(ids, new long[][] {positions, positions, positions}, List.of());
    }

    @Override
    public int countTokens(List<PromptPart> parts, PromptStyle style) throws EngineException {
        return tokens(parts, style).length;
    }

    @Override
    public boolean sees() {
        return false;
    }

    private long[] tokens(List<PromptPart> parts, PromptStyle style) throws EngineException {
        for (PromptPart part : parts) {
            if (part instanceof PromptPart.Vision vision) {
                throw new IllegalArgumentException(
                        "the model reads text alone and takes no input of type ["
                                + (vision instanceof PromptPart.Image ? "image" : "video")
                                + "]; send [text], or name a model with a vision tower");
            }
        }
        PromptText text = chat.write(encoder.text(), parts, style, (t, v) -> {});
        long[] ids = encoder.encode(text, List.of(), style).ids();
        if (ids.length == 0) {
            throw new IllegalArgumentException("the input is empty; send at least one character");
        }
        return ids;
    }
}
