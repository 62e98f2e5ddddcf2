package org.vidvec.train;

import java.util.List;
import java.util.Map;
import org.vidvec.samples.Batches;

/**
 * What a task's mini-batch was.
 *
 * @param loss times the task's weight
 * @param samples how many
 * @param ids of the samples by source, for the message of a loss that is not finite
 * @param replaced samples that turned out to be bad, with the reason and what took their places
 * @param parts more that is worth logging, by name; none in most tasks
 */
record TaskReport(
        double loss,
        int samples,
        Map<String, List<Long>> ids,
        List<String> replaced,
        Map<String, Double> parts) {

    /** Of a batch of samples. */
    static TaskReport of(Batches.Batch<?> batch, double loss, Map<String, Double> parts) {
        return new TaskReport(loss, batch.samples().size(), batch.ids(), batch.replaced(), parts);
    }
}
