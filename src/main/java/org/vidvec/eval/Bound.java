package org.vidvec.eval;

/**
 * How far a tensor may be from its reference.
 *
 * @param limit largest absolute difference, or smallest cosine
 * @param byCosine which of the two
 */
public record Bound(double limit, boolean byCosine) {

    /** Every number must be the same. */
    static final Bound EXACT = new Bound(0, false);

    /** Whether a comparison is within it; NaN is not. */
    boolean holds(double maxAbs, double cosine) {
        return byCosine ? cosine >= limit : maxAbs <= limit;
    }

    /** How far a comparison is towards it: up to 1 is within. */
    double strain(double maxAbs, double cosine) {
        double part = byCosine ? (1 - cosine) / (1 - limit) : maxAbs == 0 ? 0 : maxAbs / limit;
        return Double.isNaN(part) ? Double.POSITIVE_INFINITY : part;
    }
}
