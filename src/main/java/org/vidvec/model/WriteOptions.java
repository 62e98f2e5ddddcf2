package org.vidvec.model;

import java.util.List;
import java.util.Set;
import org.vidvec.generation.GenerationOptions;

/**
 * How a text is written. The names are those of Hugging Face's {@code GenerationConfig}.
 *
 * @param maxNewTokens most tokens; 0 for the card's own number
 * @param temperature 0 for the most likely token each time
 * @param topP mass of the most likely tokens that may be drawn
 * @param seed of what is drawn
 * @param stop texts that end it
 */
public record WriteOptions(
        int maxNewTokens, double temperature, double topP, long seed, List<String> stop) {

    /** The most likely tokens, as many as the card says. */
    public static final WriteOptions DEFAULT = new WriteOptions(0, 0, 1, 0, List.of());

    // a long answer; each token is a pass of the model
    private static final int LARGEST = 4096;

    /**
     * @throws IllegalArgumentException if a number is out of its range, by name
     */
    public WriteOptions {
        stop = List.copyOf(stop);
        if (maxNewTokens < 0 || maxNewTokens > LARGEST) {
            throw new IllegalArgumentException(
                    "[max_new_tokens] must be [1] to ["
                            + LARGEST
                            + "], not ["
                            + maxNewTokens
                            + "]");
        }
        options(Math.max(1, maxNewTokens), temperature, topP, seed, stop);
    }

    private static GenerationOptions options(
            int tokens, double temperature, double topP, long seed, List<String> stop) {
        GenerationOptions.Stop ends = new GenerationOptions.Stop(true, Set.of(), stop);
        return new GenerationOptions(tokens, temperature, topP, seed, ends, false);
    }

    GenerationOptions over(GenerateCard card) {
        int tokens = maxNewTokens == 0 ? card.maxNewTokens() : maxNewTokens;
        return options(tokens, temperature, topP, seed, stop);
    }
}
