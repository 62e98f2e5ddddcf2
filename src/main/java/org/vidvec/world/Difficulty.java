package org.vidvec.world;

/** How near a false text is to a true one. */
public enum Difficulty {
    /** About one attribute: "there is a star". */
    ATTRIBUTE,
    /** True of something else. */
    EASY,
    /** One word of a true text is replaced. */
    NEAR,
    /** One word of a part of a true text is replaced: "there is a navy background". */
    PART
}
