package org.vidvec.inference;

import java.util.List;
import org.vidvec.model.MatchScore;
import org.vidvec.model.ModelInfo;

/**
 * One outcome per candidate, in their order.
 *
 * @param model which model judged
 * @param outcomes as many as candidates
 */
public record MatchResult(ModelInfo model, List<Outcome> outcomes) {

    /**
     * What became of one candidate: a score, or why there is none.
     *
     * @param score null if it failed
     * @param references scores for the call's other texts, in their order
     * @param error null if it did not
     */
    public record Outcome(MatchScore score, List<MatchScore> references, String error) {}
}
