package org.vidvec.media;

import java.util.Locale;

/** What became of the transparent places of a file's pictures. */
public enum Transparency {
    /** There are none in the frames that were looked at. */
    NONE,
    /** They show the colour that is stored below them, as Pillow's {@code convert("RGB")} does. */
    DROPPED,
    /** They are black, as far as they are transparent. */
    OVER_BLACK;

    /** As users see it: {@code dropped} or {@code over_black}; null if there is nothing to say. */
    public String word() {
        return this == NONE ? null : name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param word as {@link #word} gives it
     * @throws IllegalArgumentException if it is another one
     */
    public static Transparency of(String word) {
        return word == null ? NONE : valueOf(word.toUpperCase(Locale.ROOT));
    }
}
