package org.vidvec.world;

/** Where the figures of a {@link Scene} are, and what the first has to do with the second. */
public enum Arrangement {
    ALONE,
    /** From left to right. */
    ROW,
    /** From top to bottom. */
    COLUMN,
    /** The first crosses the picture, past the second. */
    PASSES,
    /** The first, large, moves in front of the second, small, and covers it to the end. */
    HIDES,
    /** The first goes once around the second. */
    ORBITS;

    /** Whether the first figure does something with the second. */
    boolean interplay() {
        return this == PASSES || this == HIDES || this == ORBITS;
    }
}
