package org.vidvec.eval;

import java.util.function.Consumer;

/**
 * Numbers of training against their reference. Their sizes differ by orders of magnitude, so each
 * is held to a part of the largest number of its reference.
 */
final class NumberChecks {

    /** What a number is, and so how near it has to be. */
    enum Kind {
        /** Token ids: all the same. */
        WHOLE,
        /** Computed forwards. */
        VALUE,
        /** Went through derivatives, as the fixtures' README has it. */
        GRADIENT
    }

    private static final double GRADIENTS = 1e-3;
    private static final double VALUES = 1e-5;

    private final String fixture;
    private final String caseName;
    private final Consumer<Check> checks;

    NumberChecks(String fixture, String caseName, Consumer<Check> checks) {
        this.fixture = fixture;
        this.caseName = caseName;
        this.checks = checks;
    }

    /**
     * Compares one tensor.
     *
     * @param computed null if it was not computed
     */
    void compare(String name, float[] expected, float[] computed, Kind kind) {
        if (computed == null) {
            checks.accept(Exact.unchecked(fixture, caseName, name, "not computed"));
            return;
        }
        if (computed.length != expected.length) {
            failed(name, "[" + computed.length + "] numbers, not [" + expected.length + "]");
            return;
        }
        Bound bound = bound(kind, expected);
        double maxAbs = Numbers.maxAbs(expected, computed);
        double cosine = Numbers.cosine(expected, computed);
        boolean holds = bound.holds(maxAbs, cosine);
        Check.Outcome outcome = holds ? Check.Outcome.PASSED : Check.Outcome.FAILED;
        checks.accept(new Check(fixture, caseName, name, outcome, maxAbs, cosine, bound, ""));
    }

    private static Bound bound(Kind kind, float[] expected) {
        double largest = Numbers.maxAbs(expected, new float[expected.length]);
        return switch (kind) {
            case WHOLE -> Bound.EXACT;
            // values near zero are differences of numbers near one
            case VALUE -> new Bound(VALUES * Math.max(1, largest), false);
            case GRADIENT -> new Bound(GRADIENTS * largest, false);
        };
    }

    /** Something that failed before there were numbers. */
    void failed(String name, String reason) {
        checks.accept(
                new Check(
                        fixture,
                        caseName,
                        name,
                        Check.Outcome.FAILED,
                        Double.NaN,
                        Double.NaN,
                        null,
                        reason));
    }
}
