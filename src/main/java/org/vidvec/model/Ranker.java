package org.vidvec.model;

import java.util.List;

/** Compares candidates with each other in one prompt ("listwise"). Thread-safe. */
public interface Ranker {

    /** Candidates that one prompt can name. */
    int MOST = 26;

    /**
     * One score per candidate, in their order: its logit against all others, so that {@link
     * MatchScore#pYes} is its part of a softmax over all of them.
     *
     * @param query what one of them answers best
     * @param candidates videos, images or texts, all read in one pass; at most {@link #MOST}
     * @throws ModelException of kind INPUT if they are too many, or too long together
     */
    List<MatchScore> rank(List<Content> query, List<Content> candidates) throws ModelException;

    /**
     * How many decoder tokens that takes; cheap.
     *
     * @throws ModelException as above
     */
    int countTokens(List<Content> query, List<Content> candidates) throws ModelException;
}
