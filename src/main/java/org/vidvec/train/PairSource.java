package org.vidvec.train;

import java.nio.file.Path;

/**
 * Where pairs of texts come from: a file with one JSON object a line.
 *
 * @param file UTF-8
 * @param query field of the text that searches
 * @param target field of the text that is found
 * @param skipsBadLines whether a line that can't be used is counted and left out; otherwise it ends
 *     the run
 */
public record PairSource(Path file, String query, String target, boolean skipsBadLines) {}
