package org.vidvec.model;

import java.util.List;

/**
 * How the head's logits become a score where a request does not say.
 *
 * @param kind which way
 * @param temperature that logit differences are divided by in dual softmax
 * @param queries texts that stand for other queries; only for dual softmax, at least one
 */
public record CardCalibration(Calibration kind, double temperature, List<String> queries) {

    /** Texts that stand for other queries: each costs a pass of the model for a new candidate. */
    public static final int MOST_QUERIES = 64;

    /** Less would have one query outweigh all others whatever the model says. */
    public static final double LEAST_TEMPERATURE = 0.001;

    /** P(Yes). */
    public static final CardCalibration NONE = new CardCalibration(Calibration.NONE, 1, List.of());

    /**
     * @throws IllegalArgumentException if they do not go together, by the card's name of the field
     */
    public CardCalibration {
        queries = List.copyOf(queries);
        boolean dual = kind == Calibration.DUAL_SOFTMAX;
        if (dual && queries.isEmpty()) {
            throw new IllegalArgumentException(
                    "[match.calibration.kind] [dual_softmax] requires [match.calibration.queries]:"
                            + " texts that stand for other queries");
        }
        if (dual == false && (queries.isEmpty() == false || temperature != 1)) {
            throw new IllegalArgumentException(
                    "[match.calibration."
                            + (queries.isEmpty() ? "temperature" : "queries")
                            + "] has no effect with [match.calibration.kind] ["
                            + kind
                            + "]; leave it out, or set the kind to [dual_softmax]");
        }
        if (queries.size() > MOST_QUERIES) {
            throw new IllegalArgumentException(
                    "[match.calibration.queries] holds ["
                            + queries.size()
                            + "] texts, over the limit of ["
                            + MOST_QUERIES
                            + "]: each costs a pass of the model; name fewer");
        }
        if ((temperature >= LEAST_TEMPERATURE && temperature < Double.POSITIVE_INFINITY) == false) {
            throw new IllegalArgumentException(
                    "[match.calibration.temperature] must be ["
                            + LEAST_TEMPERATURE
                            + "] or more, not ["
                            + temperature
                            + "]");
        }
    }

    /** Queries that each candidate is asked about beside its own. */
    public List<String> references() {
        return kind.references(queries);
    }

    /**
     * @param json the object; null for none
     */
    static CardCalibration read(CardJson json, CardCalibration otherwise) {
        if (json == null) {
            return otherwise;
        }
        Calibration kind = json.named("kind", Calibration.NONE, Calibration::fromString);
        double temperature = json.number("temperature", 1);
        List<String> queries = json.strings("queries", List.of());
        json.finish();
        return new CardCalibration(kind, temperature, queries);
    }
}
