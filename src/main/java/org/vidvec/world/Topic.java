package org.vidvec.world;

import java.util.Locale;

/** What a {@link Question} is about. */
public enum Topic {
    /** What something is called: the shape of a figure, the words of a sign, a title. */
    NAME,
    /** Of a figure, of letters or of bars. */
    COLOUR,
    /** What a figure does. */
    MOTION,
    /** Of a figure. */
    SIZE,
    /** Of a figure. */
    TEXTURE,
    /** Where figures stand to one another, and what one does to the other. */
    PLACE,
    /** What stands in a cell of a table, how high a bar is, and which one is highest or lowest. */
    VALUE,
    /** The scene as a whole: how many, background, camera; and events of a long video. */
    WHOLE;

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
