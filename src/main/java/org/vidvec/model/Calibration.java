package org.vidvec.model;

import java.util.List;
import java.util.Locale;
import org.vidvec.words.OneOf;

/** How the head's two logits become a score (VidVec §3.3, §5.1; ViLL-E §5.3). */
public enum Calibration {
    /** P(Yes): the part of the affirmative answers in the mass of all answers. */
    NONE,
    /** The logit of Yes less that of No. */
    LOGIT_DIFFERENCE,
    /** The same, less what the candidate gets for a query that says nothing. */
    PRIOR,
    /** The same, against what the candidate gets for other queries. */
    DUAL_SOFTMAX;

    /**
     * Reads the word of the JSON.
     *
     * @throws IllegalArgumentException if there is no such calibration; names those there are
     */
    public static Calibration fromString(String word) {
        return OneOf.read("calibration", word, values());
    }

    /**
     * Queries that each candidate is asked about beside its own.
     *
     * @param bank texts that stand for other queries
     */
    public List<String> references(List<String> bank) {
        return this == PRIOR ? List.of("") : bank;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
