package org.vidvec.backbone;

import java.util.List;
import org.vidvec.engine.EngineException;

/** Prompts of texts and pictures to what a family's network reads. Thread-safe. */
public interface PromptProcessor {

    /**
     * Everything that the network needs for a prompt; the pictures are resized and cut here.
     *
     * @throws IllegalArgumentException if a part can't be used or there are no tokens; the message
     *     is meant for the user
     * @throws EngineException if the tokenizer fails
     */
    PreparedSequence prepare(List<PromptPart> parts, PromptStyle style) throws EngineException;

    /**
     * How many tokens that will be; looks only at the size of pictures.
     *
     * @throws IllegalArgumentException as {@link #prepare}
     * @throws EngineException if the tokenizer fails
     */
    int countTokens(List<PromptPart> parts, PromptStyle style) throws EngineException;
}
