package org.vidvec.train;

import java.nio.file.Path;

/**
 * Where pairs of texts come from: a file with one JSON object a line.
 *
 * @param file UTF-8
 * @param query field of the text that searches
 * @param target field of the text that is found
 * @param queryInstruction what is asked of the first; null for what the model's card asks
 * @param targetInstruction what is asked of the second; null for what the model's card asks
 * @param weight how often a sub-batch comes from here, against the other sources' weights
 * @param skipsBadLines whether a line that can't be used is counted and left out; otherwise it ends
 *     the run
 */
public record PairSource(
        Path file,
        String query,
        String target,
        String queryInstruction,
        String targetInstruction,
        double weight,
        boolean skipsBadLines) {

    /** With the card's instructions and a weight of 1. */
    PairSource(Path file, String query, String target, boolean skipsBadLines) {
        this(file, query, target, null, null, 1, skipsBadLines);
    }
}
