package org.vidvec.search;

import java.util.Arrays;
import java.util.Locale;
import org.vidvec.action.QueryKind;

/** What a query searches for. */
enum QueryMode {
    /** Whole documents. */
    RETRIEVAL,
    /** Parts of videos. */
    MOMENT,
    /** What a picture or video would be after a change in words (ViLL-E App. I). */
    COMPOSED;

    /**
     * Reads the word of the JSON.
     *
     * @throws IllegalArgumentException if there is no such mode; names those there are
     */
    static QueryMode fromString(String word) {
        for (QueryMode mode : values()) {
            if (mode.toString().equals(word)) {
                return mode;
            }
        }
        throw new IllegalArgumentException(
                "unknown [mode] [" + word + "]; it must be one of " + Arrays.toString(values()));
    }

    /** As the model is asked. */
    QueryKind kind() {
        return this == MOMENT ? QueryKind.MOMENT : QueryKind.ANY;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
