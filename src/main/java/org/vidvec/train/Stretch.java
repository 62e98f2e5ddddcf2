package org.vidvec.train;

import org.vidvec.prompt.PreparedSequence;

/**
 * States of a sequence that one vector is made of.
 *
 * @param from the first
 * @param count how many
 */
record Stretch(PreparedSequence sequence, int from, int count) {

    /** All of them. */
    static Stretch whole(PreparedSequence sequence) {
        return new Stretch(sequence, 0, sequence.length());
    }

    /**
     * Those from which the words behind a prompt come.
     *
     * @param tokens the first so many; 0 for all (E-11)
     */
    static Stretch words(Told told, int tokens) {
        int count = tokens == 0 ? told.learnt() : Math.min(told.learnt(), tokens);
        return new Stretch(told.sequence(), told.prompt().length() - 1, count);
    }

    /** Those of the prompt alone, or the last of them. */
    static Stretch prompt(Told told, boolean all) {
        int length = told.prompt().length();
        int from = all ? 0 : length - 1;
        return new Stretch(told.sequence(), from, length - from);
    }
}
