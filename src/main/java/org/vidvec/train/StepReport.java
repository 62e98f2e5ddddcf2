package org.vidvec.train;

/**
 * What a step was.
 *
 * @param step from 1
 * @param loss before it, the mean of its batches
 * @param gradient_norm before it is limited
 * @param learning_rate of it
 * @param pairs that it saw
 * @param seconds that it took
 */
public record StepReport(
        int step,
        double loss,
        double gradient_norm,
        double learning_rate,
        int pairs,
        double seconds) {}
