package org.vidvec.world;

/** What a sample shows. */
public enum Source {
    /** A few seconds of one scene. */
    CLIP,
    /** A scene in which nothing moves, one frame. */
    IMAGE,
    /** A sign, a chart or a table, one frame. */
    PAGE,
    /** A long video of several scenes. */
    STORY
}
