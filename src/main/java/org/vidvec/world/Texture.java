package org.vidvec.world;

/** What a {@link Figure} is filled with. */
public enum Texture {
    PLAIN,
    STRIPED,
    DOTTED
}
