package org.vidvec.inference;

import java.time.Duration;
import java.util.List;

/**
 * How well does each candidate match the query?
 *
 * @param modelId which model
 * @param query read together, in order
 * @param candidates each judged alone, or all of them in one prompt
 * @param references texts that each candidate is asked about too; null for those of the calibration
 *     in the model's card
 * @param together whether they are compared in one prompt, without other texts
 * @param timeout from now on, waiting included
 */
public record MatchCall(
        String modelId,
        List<InputItem> query,
        List<InputItem> candidates,
        List<String> references,
        boolean together,
        Duration timeout) {

    /** Each judged alone. */
    public MatchCall(
            String modelId,
            List<InputItem> query,
            List<InputItem> candidates,
            List<String> references,
            Duration timeout) {
        this(modelId, query, candidates, references, false, timeout);
    }

    /** Without other texts. */
    public MatchCall(
            String modelId, List<InputItem> query, List<InputItem> candidates, Duration timeout) {
        this(modelId, query, candidates, List.of(), timeout);
    }
}
