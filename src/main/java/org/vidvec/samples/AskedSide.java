package org.vidvec.samples;

/**
 * One side of what a run embeds, and what is asked of it.
 *
 * @param role {@code query} or {@code document}, as a card has it
 * @param kind {@code text}, {@code image}, {@code video}, {@code text_image} or {@code text_video},
 *     as a card has it
 * @param instruction null for the card's own
 */
public record AskedSide(String role, String kind, String instruction) {

    /** What searches. */
    public static final String QUERY = "query";

    /** What is found. */
    public static final String DOCUMENT = "document";

    public static AskedSide query(PairSource.Kind kind, String instruction) {
        return new AskedSide(QUERY, kind.toString(), instruction);
    }

    public static AskedSide document(PairSource.Kind kind, String instruction) {
        return new AskedSide(DOCUMENT, kind.toString(), instruction);
    }

    /** With a text beside it. */
    public AskedSide besideText() {
        return new AskedSide(role, "text_" + kind, instruction);
    }

    /** As ViLL-E asks: texts search and what is shown is found, wherever they stand in a source. */
    public AskedSide asCaptioned() {
        return new AskedSide(kind.equals("text") ? QUERY : DOCUMENT, kind, instruction);
    }
}
