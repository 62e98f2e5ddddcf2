package org.vidvec.generation;

import java.util.List;
import java.util.Set;

/**
 * How a text is written. The names are those of Hugging Face's {@code GenerationConfig}.
 *
 * @param maxNewTokens most tokens of the answer, at least 1
 * @param temperature 0 for the most likely token each time (greedy); otherwise logits are divided
 *     by it before one is drawn
 * @param topP of the most likely tokens, as many as have this much of the mass together may be
 *     drawn, at least one (nucleus sampling, Holtzman et al. 2020); 0 (not included) to 1 (all)
 * @param seed of what is drawn: the same for the same seed and place in the batch
 * @param stop what ends an answer before its largest length
 * @param states whether the decoder's states are kept too
 */
public record GenerationOptions(
        int maxNewTokens, double temperature, double topP, long seed, Stop stop, boolean states) {

    /**
     * What ends an answer.
     *
     * @param atEnd whether the checkpoint's own end token does
     * @param tokens more tokens that do; they are the last of the ids and no part of the text
     * @param texts texts that do; the answer ends before the first of them
     */
    public record Stop(boolean atEnd, Set<Long> tokens, List<String> texts) {

        /** The checkpoint's own end token and nothing else. */
        public static final Stop AT_END = new Stop(true, Set.of(), List.of());

        /** Nothing: the answer has its largest length. */
        public static final Stop NEVER = new Stop(false, Set.of(), List.of());

        /**
         * @throws IllegalArgumentException if a text is empty
         */
        public Stop {
            tokens = Set.copyOf(tokens);
            texts = List.copyOf(texts);
            if (texts.contains("")) {
                throw new IllegalArgumentException("[stop] must not hold an empty text");
            }
        }
    }

    /** The most likely token each time, to the checkpoint's own end token. */
    public static GenerationOptions greedy(int maxNewTokens) {
        return new GenerationOptions(maxNewTokens, 0, 1, 0, Stop.AT_END, false);
    }

    /**
     * @throws IllegalArgumentException if a number is out of its range, by name
     */
    public GenerationOptions {
        if (maxNewTokens < 1) {
            throw new IllegalArgumentException(
                    "[max_new_tokens] must be at least [1], not [" + maxNewTokens + "]");
        }
        if ((temperature >= 0 && temperature <= 100) == false) {
            throw new IllegalArgumentException(
                    "[temperature] must be [0] to [100], not [" + temperature + "]");
        }
        if ((topP > 0 && topP <= 1) == false) {
            throw new IllegalArgumentException(
                    "[top_p] must be above [0] and at most [1], not [" + topP + "]");
        }
    }

    /** The same with other ends. */
    public GenerationOptions withStop(Stop other) {
        return new GenerationOptions(maxNewTokens, temperature, topP, seed, other, states);
    }

    /** The same with the decoder's states. */
    public GenerationOptions withStates() {
        return new GenerationOptions(maxNewTokens, temperature, topP, seed, stop, true);
    }
}
