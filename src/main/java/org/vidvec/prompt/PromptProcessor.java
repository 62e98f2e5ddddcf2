package org.vidvec.prompt;

import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.media.Frame;

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
     * How many tokens that will be at most; looks only at the size of pictures. Families that drop
     * tokens by what the pictures show have fewer in the end.
     *
     * @throws IllegalArgumentException as {@link #prepare}
     * @throws EngineException if the tokenizer fails
     */
    int countTokens(List<PromptPart> parts, PromptStyle style) throws EngineException;

    /** Whether images and videos can be parts of a prompt. */
    default boolean sees() {
        return true;
    }

    /**
     * The pictures of a part at the size that is cut into patches, for parity checks; none if the
     * family does not show them.
     */
    default List<Frame> resized(PromptPart.Vision part) {
        return List.of();
    }

    /**
     * Seconds from one temporal patch of a video to the next, for parity checks; 0 where positions
     * do not follow time.
     */
    default float secondsPerPatch(PromptPart.Vision part) {
        return 0;
    }
}
