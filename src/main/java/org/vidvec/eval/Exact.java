package org.vidvec.eval;

/** Checks of what is the same or not. */
final class Exact {

    private Exact() {}

    static Check check(String fixture, String name, String what, boolean same, String reason) {
        return new Check(
                fixture,
                name,
                what,
                same ? Check.Outcome.PASSED : Check.Outcome.FAILED,
                same ? 0 : Double.NaN,
                same ? 1 : Double.NaN,
                Bound.EXACT,
                reason);
    }

    static Check unchecked(String fixture, String name, String what, String reason) {
        return new Check(
                fixture, name, what, Check.Outcome.UNCHECKED, Double.NaN, Double.NaN, null, reason);
    }
}
