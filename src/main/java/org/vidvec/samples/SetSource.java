package org.vidvec.samples;

import java.util.List;
import java.util.Locale;

/**
 * Pairs of a labelled set.
 *
 * @param take what makes its pairs
 * @param shown which of its media: videos, or pictures and pages
 * @param fromText whether the caption searches, and not what it is true of
 * @param frames of a video
 * @param balance which captions are kept by their keywords; null for all
 * @param queryInstruction what is asked of what searches; null for what the model's card asks
 * @param targetInstruction what is asked of what is found; null for what the model's card asks
 * @param weight how often a sub-batch comes from here, against the other sources' weights
 */
public record SetSource(
        SetFiles files,
        Take take,
        PairSource.Kind shown,
        boolean fromText,
        int frames,
        KeywordBalance balance,
        String queryInstruction,
        String targetInstruction,
        double weight)
        implements PairOrigin {

    /** What makes the pairs. */
    public enum Take {
        /** A medium and what is true of it. */
        CAPTIONS,
        /**
         * A medium and one of the texts that are true of it, drawn anew each time: no other of them
         * is among the negatives of its batch.
         */
        MEDIA,
        /** A brief and a detailed text of the same, without what they are about (VidVec §3.4). */
        TEXTS,
        /** A medium with a question, and the answer (VLM2Vec-V2 §4.1.1). */
        QUESTIONS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @throws IllegalArgumentException if keywords are to come from a field: layouts have none
     */
    public SetSource {
        if (balance != null && balance.isLabelled()) {
            throw new IllegalArgumentException(
                    "[data.balance.field] is ["
                            + balance.field()
                            + "], a field of lines, but a set is read by its layout; give lines as"
                            + " [data.pairs], or leave it out for the words of the captions");
        }
    }

    @Override
    public List<AskedSide> sides() {
        PairSource.Kind text = PairSource.Kind.TEXT;
        return switch (take) {
            case CAPTIONS, MEDIA ->
                    List.of(
                            AskedSide.query(fromText ? text : shown, queryInstruction),
                            AskedSide.document(fromText ? shown : text, targetInstruction));
            case TEXTS ->
                    List.of(
                            AskedSide.query(text, queryInstruction),
                            AskedSide.document(text, targetInstruction));
            case QUESTIONS ->
                    List.of(
                            AskedSide.query(shown, queryInstruction).besideText(),
                            AskedSide.document(text, targetInstruction));
        };
    }
}
