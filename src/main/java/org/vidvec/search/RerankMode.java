package org.vidvec.search;

import java.util.Arrays;
import java.util.Locale;

/** How the hits of a window are judged: the option {@code mode} of {@code vidvec_rerank}. */
enum RerankMode {
    /** Each alone, by P(Yes). */
    POINTWISE,
    /** All in one prompt: which is best? */
    LISTWISE;

    /**
     * Reads the word of the JSON.
     *
     * @throws IllegalArgumentException if there is no such mode; names those there are
     */
    static RerankMode fromString(String word) {
        for (RerankMode mode : values()) {
            if (mode.toString().equals(word)) {
                return mode;
            }
        }
        throw new IllegalArgumentException(
                "unknown [mode] [" + word + "]; it must be one of " + Arrays.toString(values()));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
