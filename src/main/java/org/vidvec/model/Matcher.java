package org.vidvec.model;

import java.util.List;

/** Judges with the MLLM's own head whether candidates match a query. Thread-safe. */
public interface Matcher {

    /**
     * One score per candidate, in their order.
     *
     * @param query read after the candidate's frames
     * @param candidates videos or images, each judged alone
     * @throws ModelException of kind INPUT if an input does not fit the model
     */
    List<MatchScore> match(List<Content> query, List<Content> candidates) throws ModelException;
}
