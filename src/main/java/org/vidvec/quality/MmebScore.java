package org.vidvec.quality;

import java.util.Map;

/**
 * What a model reached in a task.
 *
 * @param source where its data came from: {@code published} or {@code generated}
 * @param measures by name
 */
record MmebScore(MmebTask task, String source, Map<String, Double> measures) {

    /** The measure that counts, 0..1. */
    double score() {
        return measures.get(task.metric().measure());
    }
}
