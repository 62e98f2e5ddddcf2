package org.vidvec.samples;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.vidvec.datasets.DatasetException;

/**
 * Pairs of texts and paths, read into memory.
 *
 * @param pairs in the order of their lines
 * @param skipped what was left out, one message each
 */
public record PairData(List<Pair> pairs, List<String> skipped) {

    /**
     * A pair.
     *
     * @param line in its file, from 1
     * @param negatives texts that are near the target and wrong
     * @param keywords of what it is about; none where nothing is kept by them
     */
    public record Pair(
            int line, Value query, Value target, List<String> negatives, Set<String> keywords) {}

    /**
     * One side of a pair.
     *
     * @param value a text or a path
     * @param beside the text behind a medium; empty for none
     */
    public record Value(String value, String beside) {}

    /** Says whether a text can be used. */
    @FunctionalInterface
    public interface TextCheck {
        /**
         * What is wrong with a text; empty if it can be used.
         *
         * @param query whether it searches
         * @throws DatasetException if that can't be found out
         */
        String fault(String text, boolean query) throws DatasetException;
    }

    /**
     * Reads a file.
     *
     * @throws DatasetException if it can't be read, or has a bad line that may not be skipped, with
     *     its number, the field and the reason; or has no pair at all
     */
    public static PairData read(PairSource source, TextCheck check) throws DatasetException {
        List<Pair> pairs = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        LineFields fields = new LineFields(source, check);
        try (BufferedReader lines = Files.newBufferedReader(source.file())) {
            String text;
            for (int line = 1; (text = lines.readLine()) != null; line++) {
                try {
                    pairs.add(fields.pair(line, text));
                } catch (IllegalArgumentException e) {
                    String fault = "line [" + line + "] of [" + source.file() + "]: ";
                    if (source.skipsBadLines() == false) {
                        throw new DatasetException(
                                fault
                                        + e.getMessage()
                                        + "; correct it, or leave such lines out with"
                                        + " [data.bad_lines] [skip]");
                    }
                    skipped.add(fault + e.getMessage());
                }
            }
        } catch (IOException e) {
            throw new DatasetException("can't read [" + source.file() + "]: " + e, e);
        }
        if (pairs.isEmpty()) {
            throw new DatasetException(
                    "[" + source.file() + "] has no pair that can be used; " + skipped);
        }
        return new PairData(List.copyOf(pairs), List.copyOf(skipped));
    }
}
