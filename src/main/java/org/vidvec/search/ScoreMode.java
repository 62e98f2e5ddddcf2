package org.vidvec.search;

import java.util.Locale;
import org.vidvec.words.OneOf;

/** How the first score and P(Yes) become one; the names and meanings of the query rescorer. */
enum ScoreMode {
    /** P(Yes) alone. */
    REPLACE {
        @Override
        double combine(double first, double pYes) {
            return pYes;
        }
    },
    /** The sum. */
    TOTAL {
        @Override
        double combine(double first, double pYes) {
            return first + pYes;
        }
    },
    /** The product. */
    MULTIPLY {
        @Override
        double combine(double first, double pYes) {
            return first * pYes;
        }
    },
    /** The mean. */
    AVG {
        @Override
        double combine(double first, double pYes) {
            return (first + pYes) / 2;
        }
    },
    /** The larger. */
    MAX {
        @Override
        double combine(double first, double pYes) {
            return Math.max(first, pYes);
        }
    },
    /** The smaller. */
    MIN {
        @Override
        double combine(double first, double pYes) {
            return Math.min(first, pYes);
        }
    };

    /** Combines the two, both already weighted. */
    abstract double combine(double first, double pYes);

    /**
     * Reads the word of the JSON.
     *
     * @throws IllegalArgumentException if there is no such mode; names those there are
     */
    static ScoreMode fromString(String word) {
        return OneOf.read("score_mode", word, values());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
