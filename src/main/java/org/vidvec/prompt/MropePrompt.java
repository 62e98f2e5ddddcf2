package org.vidvec.prompt;

import java.util.List;
import org.vidvec.engine.EngineException;

/** How a family with multimodal rotary positions writes its prompts. Thread-safe. */
public interface MropePrompt {

    /**
     * The tokens of a prompt.
     *
     * @param grids of its images and videos in order, after merging
     * @throws EngineException if the tokenizer fails
     */
    PromptTokens tokenize(List<PromptPart> parts, PromptStyle style, List<PatchGrid> grids)
            throws EngineException;

    /** Seconds from one temporal patch to the next where positions follow time, else 0. */
    default float secondsPerPatch(PromptPart.Vision part) {
        return 0;
    }

    /** Positions of a prompt's tokens. */
    MropePositions positions(PromptTokens tokens, PromptStyle style);
}
