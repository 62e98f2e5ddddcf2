package org.vidvec.world;

/** How much a text tells. */
public enum Style {
    /** One sentence with some of what is true. */
    SHORT,
    /** All that is true, in several sentences. */
    DENSE,
    /** The figures and what they do, in as few words as can be. */
    SUMMARY
}
