package org.vidvec.train;

import java.util.Arrays;
import org.vidvec.model.ModelException;
import org.vidvec.prompt.PreparedSequence;

/**
 * A prompt and what is to be written behind it.
 *
 * @param words its tokens, without an end
 * @param ends whether it ends there; otherwise it was cut
 */
record Told(PreparedSequence prompt, long[] words, boolean ends) {

    /**
     * As much of the words as a sample may take.
     *
     * @param most tokens of prompt and words together, to which words are cut; 0 for no cut
     * @param reads tokens that the model reads
     * @throws ModelException of kind INPUT if the prompt alone takes so many, or both together take
     *     more and nothing is to be cut
     */
    static Told of(PreparedSequence prompt, long[] words, int most, int reads)
            throws ModelException {
        int limit = most == 0 ? reads : Math.min(most, reads);
        int room = limit - prompt.length();
        if (words.length <= room) {
            return new Told(prompt, words, true);
        }
        if (most == 0) {
            throw refused(
                    prompt,
                    "with ["
                            + words.length
                            + "] of words, over the model's limit of ["
                            + reads
                            + "]; cut words with [batch.max_tokens]");
        }
        if (room < 1) {
            throw refused(
                    prompt,
                    "and leaves no room for words under [batch.max_tokens], ["
                            + limit
                            + "]; raise it");
        }
        return new Told(prompt, Arrays.copyOf(words, room), false);
    }

    private static ModelException refused(PreparedSequence prompt, String why) {
        return new ModelException(
                ModelException.Kind.INPUT,
                "a prompt takes ["
                        + prompt.length()
                        + "] tokens "
                        + why
                        + ", or sample fewer or smaller frames");
    }

    /** All of it, which is read but for its end. */
    PreparedSequence sequence() {
        return words.length == 0 ? prompt : prompt.followedBy(words);
    }

    /** How many tokens of that. */
    int length() {
        return prompt.length() + words.length;
    }

    /** Tokens that are learnt, the end included; each comes from the state before it. */
    int learnt() {
        return words.length + (ends ? 1 : 0);
    }
}
