package org.vidvec.samples;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.vidvec.datasets.Medium;

/**
 * Where pairs come from: a file with one JSON object a line.
 *
 * @param file UTF-8
 * @param query field of what searches
 * @param queryKind what it is
 * @param target field of what is found
 * @param targetKind what it is
 * @param negatives field with texts that are near the target and wrong; empty for none
 * @param frames of a video
 * @param balance which pairs are kept by the keywords of their texts; null for all
 * @param queryInstruction what is asked of the first; null for what the model's card asks
 * @param targetInstruction what is asked of the second; null for what the model's card asks
 * @param samples so many are drawn of its pairs; 0 for all
 * @param weight how often a sub-batch comes from here, against the other sources' weights
 * @param skipsBadLines whether a line that can't be used is counted and left out; otherwise it ends
 *     the run
 * @param skipsBadMedia whether the same holds for media that turn out to be bad in the middle of it
 */
public record PairSource(
        Path file,
        String query,
        Kind queryKind,
        String target,
        Kind targetKind,
        String negatives,
        int frames,
        KeywordBalance balance,
        String queryInstruction,
        String targetInstruction,
        int samples,
        double weight,
        boolean skipsBadLines,
        boolean skipsBadMedia)
        implements PairOrigin {

    /** What a field holds. */
    public enum Kind {
        /** The text itself. */
        TEXT,
        /** A file's path. */
        IMAGE,
        /** A file's path. */
        VIDEO;

        /** Whether a set's medium is of this kind; a page is a picture. */
        boolean shows(Medium medium) {
            return this == (medium.kind() == Medium.Kind.VIDEO ? VIDEO : IMAGE);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Texts with the card's instructions and a weight of 1. */
    public PairSource(Path file, String query, String target, boolean skipsBadLines) {
        this(
                file,
                query,
                Kind.TEXT,
                target,
                Kind.TEXT,
                "",
                8,
                null,
                null,
                null,
                0,
                1,
                skipsBadLines,
                false);
    }

    @Override
    public List<AskedSide> sides() {
        return List.of(
                AskedSide.query(queryKind, queryInstruction),
                AskedSide.document(targetKind, targetInstruction));
    }
}
