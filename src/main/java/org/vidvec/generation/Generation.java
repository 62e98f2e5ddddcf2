package org.vidvec.generation;

import java.util.List;

/**
 * A text that a model wrote.
 *
 * @param ids its tokens; an end token is the last
 * @param text without special tokens, before a stop text
 * @param finish why it ended
 * @param margins [ids]: distance of the largest logit to the second, before temperature
 * @param producing [ids] x [hidden], if states were asked for: the decoder's states from which each
 *     token was chosen, after the final norm or, if the generator reads another layer, those of it
 * @param ofTokens [ids] x [hidden], if states were asked for: the same at the places of the tokens;
 *     one less if it was cancelled
 */
public record Generation(
        long[] ids,
        String text,
        Finish finish,
        float[] margins,
        List<float[]> producing,
        List<float[]> ofTokens) {

    /** Why a text ended. */
    public enum Finish {
        /** An end token, a stop token or a stop text. */
        STOP,
        /** As many tokens as were allowed. */
        LENGTH,
        /** Whoever asked did not want any more. */
        CANCELLED
    }
}
