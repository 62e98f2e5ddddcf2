package org.vidvec.search;

import java.util.Locale;
import org.vidvec.words.OneOf;

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
        return OneOf.read("mode", word, values());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
