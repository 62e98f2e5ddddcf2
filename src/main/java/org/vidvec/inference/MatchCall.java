package org.vidvec.inference;

import java.time.Duration;
import java.util.List;

/**
 * How well does each candidate match the query?
 *
 * @param modelId which model
 * @param query read together, in order
 * @param candidates each judged alone
 * @param timeout from now on, waiting included
 */
public record MatchCall(
        String modelId, List<InputItem> query, List<InputItem> candidates, Duration timeout) {}
