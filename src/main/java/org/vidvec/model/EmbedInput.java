package org.vidvec.model;

import java.util.List;

/**
 * What becomes one vector.
 *
 * @param parts read together, in order; at least one
 * @param role whether it searches or is found: the two have different prompts
 * @param instruction replaces the model card's instruction; null for the card's own
 * @param truncate whether texts are cut at their end where the model can't read all; else refused
 */
public record EmbedInput(List<Content> parts, Role role, String instruction, boolean truncate) {

    /** Which side of the search an input is on. */
    public enum Role {
        /** It searches. */
        QUERY,
        /** It is found. */
        DOCUMENT,
        /** It searches for a part of a video. */
        MOMENT
    }

    /**
     * @throws IllegalArgumentException if there is no part
     */
    public EmbedInput {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("[input] must hold at least one item");
        }
        parts = List.copyOf(parts);
    }

    /** Refused where it is too long. */
    public EmbedInput(List<Content> parts, Role role, String instruction) {
        this(parts, role, instruction, false);
    }
}
