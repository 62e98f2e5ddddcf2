package org.vidvec.model;

/**
 * The head's answer to "does this match?" (VidVec §3.3, ViLL-E §5.3).
 *
 * @param yesLogit log of the summed mass of the affirmative tokens ("Yes", "yes" where the
 *     tokenizer has it as one token), up to the constant that both share
 * @param noLogit the same for "No", "no"
 */
public record MatchScore(double yesLogit, double noLogit) {

    /** P(Yes): softmax over the two, 0..1. */
    public double pYes() {
        return 1 / (1 + Math.exp(noLogit - yesLogit));
    }
}
