package org.vidvec.samples;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.vidvec.datasets.Medium;
import org.vidvec.world.Source;

/**
 * Where pairs come from: a file with one JSON object a line.
 *
 * @param file UTF-8
 * @param query what searches
 * @param target what is found
 * @param negatives field with texts that are near the target and wrong; empty for none
 * @param frames of a video
 * @param balance which pairs are kept by the keywords of their texts; null for all
 * @param samples so many are drawn of its pairs; 0 for all
 * @param weight how often a sub-batch comes from here, against the other sources' weights
 * @param skipsBadLines whether a line that can't be used is counted and left out; otherwise it ends
 *     the run
 * @param skipsBadMedia whether the same holds for media that turn out to be bad in the middle of it
 */
public record PairSource(
        Path file,
        Side query,
        Side target,
        String negatives,
        int frames,
        KeywordBalance balance,
        int samples,
        double weight,
        boolean skipsBadLines,
        boolean skipsBadMedia)
        implements PairOrigin {

    /**
     * One side of a pair.
     *
     * @param field of a line
     * @param kind what it holds
     * @param text field of a text that is read behind an image or a video; empty for none
     * @param instruction what is asked of it; null for what the model's card asks
     */
    public record Side(String field, Kind kind, String text, String instruction) {

        /**
         * @throws IllegalArgumentException if a text is to stand beside a text
         */
        public Side {
            if (kind == Kind.TEXT && text.isEmpty() == false) {
                throw new IllegalArgumentException(
                        "the text in field ["
                                + text
                                + "] stands beside an image or a video, but ["
                                + field
                                + "] is a text itself; give its type, or remove one of the two");
            }
        }

        /** A text with the card's instruction. */
        static Side text(String field) {
            return new Side(field, Kind.TEXT, "", null);
        }

        boolean isText() {
            return kind == Kind.TEXT;
        }

        private AskedSide asked(AskedSide alone) {
            return text.isEmpty() ? alone : alone.besideText();
        }
    }

    /** What a field holds. */
    public enum Kind {
        /** The text itself. */
        TEXT,
        /** A file's path. */
        IMAGE,
        /** A file's path. */
        VIDEO;

        /** Of what the generated world shows; a page is a picture. */
        static Kind of(Source shown) {
            return switch (shown) {
                case CLIP, STORY -> VIDEO;
                case IMAGE, PAGE -> IMAGE;
            };
        }

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
        this(file, Side.text(query), Side.text(target), "", 8, null, 0, 1, skipsBadLines, false);
    }

    @Override
    public boolean hasNegatives() {
        return negatives.isEmpty() == false;
    }

    @Override
    public List<AskedSide> sides() {
        return List.of(
                query.asked(AskedSide.query(query.kind(), query.instruction())),
                target.asked(AskedSide.document(target.kind(), target.instruction())));
    }
}
