package org.vidvec.search;

import java.util.Locale;
import org.vidvec.action.QueryKind;
import org.vidvec.words.OneOf;

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
        return OneOf.read("mode", word, values());
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
