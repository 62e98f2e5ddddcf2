package org.vidvec.train;

import java.util.List;
import java.util.Map;

/**
 * What a task's mini-batch was.
 *
 * @param loss times the task's weight
 * @param samples how many
 * @param ids of the samples by source, for the message of a loss that is not finite
 * @param parts more that is worth logging, by name; none in most tasks
 */
record TaskReport(
        double loss, int samples, Map<String, List<Long>> ids, Map<String, Double> parts) {}
