package org.vidvec.eval;

/**
 * One tensor of a reference and what came of it.
 *
 * @param fixture name of the folder
 * @param caseName the case in it
 * @param tensor its name; a layer of a stack of states has its number at the end
 * @param outcome what came of it
 * @param maxAbs largest absolute difference; NaN if there is none to give
 * @param cosine between the two as vectors; NaN if there is none to give
 * @param bound what it was held to; null if it was not checked
 * @param reason why it failed without numbers, or was not checked; empty otherwise
 */
public record Check(
        String fixture,
        String caseName,
        String tensor,
        Outcome outcome,
        double maxAbs,
        double cosine,
        Bound bound,
        String reason) {

    /** What can come of a check. */
    public enum Outcome {
        /** Within its bound. */
        PASSED,
        /** Outside, or not to be compared at all. */
        FAILED,
        /** Not computed by this version. */
        UNCHECKED
    }

    /** How far it is towards its bound: 1 is just at it. */
    double strain() {
        return bound == null ? 0 : bound.strain(maxAbs, cosine);
    }
}
