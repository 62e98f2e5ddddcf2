package org.vidvec.world;

/** The outline of a {@link Figure}. */
public enum Shape {
    CIRCLE,
    SQUARE,
    TRIANGLE,
    STAR,
    CROSS,
    RING,
    DIAMOND,
    HEART,
    MOON;

    /** Whether it looks the same however it is turned. */
    boolean round() {
        return this == CIRCLE || this == RING;
    }

    /** Whether a large one covers a small figure of any shape behind its middle. */
    boolean solid() {
        return this == CIRCLE || this == SQUARE || this == HEART;
    }
}
