package org.vidvec.eval;

import java.util.function.Consumer;

/**
 * Numbers of training against their reference. Their sizes differ by orders of magnitude, so each
 * is held to a part of the largest number of its reference.
 */
final class NumberChecks {

    /** Gradients, as the fixtures' README has it. */
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
     * @param gradient whether it went through derivatives
     */
    void compare(String name, float[] expected, float[] computed, boolean gradient) {
        if (computed == null) {
            checks.accept(Exact.unchecked(fixture, caseName, name, "not computed"));
            return;
        }
        if (computed.length != expected.length) {
            failed(name, "[" + computed.length + "] numbers, not [" + expected.length + "]");
            return;
        }
        double largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        // values near zero are differences of numbers near one
        double limit = gradient ? GRADIENTS * largest : VALUES * Math.max(1, largest);
        Bound bound = new Bound(limit, false);
        double maxAbs = Numbers.maxAbs(expected, computed);
        double cosine = Numbers.cosine(expected, computed);
        boolean holds = bound.holds(maxAbs, cosine);
        Check.Outcome outcome = holds ? Check.Outcome.PASSED : Check.Outcome.FAILED;
        checks.accept(new Check(fixture, caseName, name, outcome, maxAbs, cosine, bound, ""));
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
