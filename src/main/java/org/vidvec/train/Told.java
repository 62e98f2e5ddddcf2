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
     * @param most tokens of prompt and words together; 0 for no limit
     * @throws ModelException of kind INPUT if the prompt alone takes more
     */
    static Told of(PreparedSequence prompt, long[] words, int most) throws ModelException {
        int room = most == 0 ? words.length : most - prompt.length();
        if (room < 1 && most > 0) {
            throw new ModelException(
                    ModelException.Kind.INPUT,
                    "a prompt takes ["
                            + prompt.length()
                            + "] tokens and leaves no room for words under [batch.max_tokens], ["
                            + most
                            + "]; raise it, or sample fewer or smaller frames");
        }
        return words.length <= room
                ? new Told(prompt, words, true)
                : new Told(prompt, Arrays.copyOf(words, room), false);
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
