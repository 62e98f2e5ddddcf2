package org.vidvec.action;

import java.util.Locale;
import org.elasticsearch.xcontent.ObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.vidvec.model.Ranker;
import org.vidvec.words.OneOf;

/**
 * How candidates are judged: the option {@code mode} of {@code vidvec_rerank} and of the endpoint.
 */
public enum RerankMode {
    /** Each alone, by P(Yes). */
    POINTWISE,
    /** All in one prompt: which is best? */
    LISTWISE;

    /**
     * Reads the word of the JSON.
     *
     * @throws IllegalArgumentException if there is no such mode; names those there are
     */
    public static RerankMode fromString(String word) {
        return OneOf.read("mode", word, values());
    }

    /** Takes the option of a parser's body. */
    public interface Taker<T> {
        void take(T body, RerankMode mode);
    }

    /** Has a parser read the option into what it makes. */
    public static <T, C> void declare(ObjectParser<T, C> parser, Taker<T> taker) {
        parser.declareString(taker::take, RerankMode::fromString, new ParseField("mode"));
    }

    /**
     * Checks that a calibration goes with it.
     *
     * @param calibration null for that of the model's card, which is of {@link #POINTWISE} only
     * @throws IllegalArgumentException if it has no meaning where all are compared
     */
    public void check(CalibrationSpec calibration) {
        if (this == LISTWISE && calibration != null && calibration.isNone() == false) {
            throw new IllegalArgumentException(
                    "[calibration] ["
                            + calibration.name()
                            + "] is of candidates that are judged each alone; leave it out, or set"
                            + " [mode] to [pointwise]");
        }
    }

    /**
     * What is wrong with so many candidates.
     *
     * @param what names them
     * @return null if nothing is
     */
    public String tooMany(String what, int candidates) {
        if (this == POINTWISE || candidates <= Ranker.MOST) {
            return null;
        }
        return what
                + " ["
                + candidates
                + "] is more than the ["
                + Ranker.MOST
                + "] candidates that [mode] [listwise] can compare; lower it, or set [mode] to"
                + " [pointwise]";
    }

    /** The calibration of a request: its own, or else that of the model's card. */
    public CalibrationSpec calibration(CalibrationSpec own, CalibrationSpec card) {
        if (own != null) {
            return own;
        }
        return this == LISTWISE ? CalibrationSpec.NONE : card;
    }

    /** A question put in this way. */
    public MatchAction.Request of(MatchAction.Request question) {
        return this == LISTWISE ? question.together() : question;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
