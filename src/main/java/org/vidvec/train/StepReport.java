package org.vidvec.train;

import java.util.List;
import java.util.Map;

/**
 * What a step was.
 *
 * @param step from 1
 * @param loss before it, the mean of its batches
 * @param gradient_norm before it is limited
 * @param learning_rate of it
 * @param samples that it saw
 * @param seconds that it took
 * @param parts more about it, by name; null if there is nothing
 * @param replaced samples that turned out to be bad, with the reason and what took their places;
 *     null if there is none
 */
public record StepReport(
        int step,
        double loss,
        double gradient_norm,
        double learning_rate,
        int samples,
        double seconds,
        Map<String, Double> parts,
        List<String> replaced) {}
