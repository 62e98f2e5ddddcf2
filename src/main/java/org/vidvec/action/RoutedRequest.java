package org.vidvec.action;

import org.elasticsearch.core.TimeValue;

/**
 * A request that an inference node answers.
 *
 * @param <Q> its own class
 */
interface RoutedRequest<Q> {

    /** The model that the node must have. */
    String modelId();

    /** How long the answer may take from now on, waiting included. */
    TimeValue timeout();

    /** The same request with less time left. */
    Q within(TimeValue timeLeft);
}
