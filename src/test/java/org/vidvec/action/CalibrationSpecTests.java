package org.vidvec.action;

import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.model.Calibration;
import org.vidvec.model.CardCalibration;
import org.vidvec.model.MatchScore;

/** Scores worked out by hand. */
public class CalibrationSpecTests extends ESTestCase {

    private static MatchAction.Outcome outcome(double yes, double no, MatchScore... references) {
        return new MatchAction.Outcome(new MatchScore(yes, no), List.of(references), null);
    }

    private static CalibrationSpec spec(Calibration kind, String... bank) {
        return new CalibrationSpec(kind, List.of(bank), 1);
    }

    public void testNoneIsTheAffirmativeMass() {
        // e^2 / (e^2 + e^1)
        assertEquals(0.7310585786, spec(Calibration.NONE).score(outcome(2, 1)), 1e-9);
        assertEquals(List.of(), spec(Calibration.NONE).references());
    }

    public void testALogitDifferenceStaysPositiveAndInOrder() {
        CalibrationSpec spec = spec(Calibration.LOGIT_DIFFERENCE);
        // log(1 + e^1), log(1 + e^-30), 40
        assertEquals(1.3132616875, spec.score(outcome(2, 1)), 1e-9);
        assertEquals(9.357622968840e-14, spec.score(outcome(-10, 20)), 1e-20);
        assertEquals(40, spec.score(outcome(41, 1)), 1e-9);
    }

    public void testPriorTakesAwayWhatTheVideoGetsForNothing() {
        CalibrationSpec spec = spec(Calibration.PRIOR);
        assertEquals(List.of(""), spec.references());
        // 3 - 1 = 2 less 1.5
        assertEquals(
                1 / (1 + Math.exp(-0.5)), spec.score(outcome(3, 1, new MatchScore(2, 0.5))), 1e-12);
        // a video that matches everything falls behind one that matches this query
        assertTrue(
                spec.score(outcome(3, 0, new MatchScore(4, 0)))
                        < spec.score(outcome(1, 0, new MatchScore(0, 1))));
    }

    public void testDualSoftmaxSetsAVideoAgainstItsOtherQueries() {
        CalibrationSpec spec = spec(Calibration.DUAL_SOFTMAX, "a cat", "a train");
        assertEquals(List.of("a cat", "a train"), spec.references());
        // x = 2 * 2 - log(e^2 + e^1 + e^0) = 1.5923940355...
        double x = 4 - Math.log(Math.exp(2) + Math.E + 1);
        assertEquals(
                1 / (1 + Math.exp(-x)),
                spec.score(outcome(2, 0, new MatchScore(1, 0), new MatchScore(0, 0))),
                1e-12);
        assertTrue(
                spec.score(outcome(2, 0, new MatchScore(5, 0), new MatchScore(0, 0)))
                        < spec.score(outcome(1, 0, new MatchScore(-1, 0), new MatchScore(-2, 0))));
    }

    public void testACardsCalibrationIsThatOfARequestWithItsValues() {
        assertTrue(CalibrationSpec.of(CardCalibration.NONE).isNone());
        CalibrationSpec spec =
                CalibrationSpec.of(
                        new CardCalibration(Calibration.DUAL_SOFTMAX, 0.5, List.of("a cat")));
        assertEquals(List.of("a cat"), spec.references());
        // d = 1 against 0 at temperature 0.5: 2 * 2 - log(e^2 + e^0)
        double x = 4 - Math.log(Math.exp(2) + 1);
        assertEquals(
                1 / (1 + Math.exp(-x)), spec.score(outcome(1, 0, new MatchScore(0, 0))), 1e-12);
        assertSame(
                "the request's own",
                spec,
                RerankMode.POINTWISE.calibration(spec, CalibrationSpec.NONE));
        CalibrationSpec prior = spec(Calibration.PRIOR);
        assertSame(prior, RerankMode.POINTWISE.calibration(null, prior));
        assertSame(
                "parts of all hits have none",
                CalibrationSpec.NONE,
                RerankMode.LISTWISE.calibration(null, prior));
    }

    public void testRefusals() {
        Exception e =
                expectThrows(
                        IllegalArgumentException.class, () -> spec(Calibration.PRIOR, "a cat"));
        assertEquals(
                "[dual_softmax] has no effect with [calibration] [prior]; leave it out, or set"
                        + " [calibration] to [dual_softmax]",
                e.getMessage());
        e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> new CalibrationSpec(Calibration.DUAL_SOFTMAX, List.of("a"), -1));
        assertEquals(
                "[dual_softmax.temperature] must be [0.001] or more, not [-1.0]", e.getMessage());
        e =
                expectThrows(
                        IllegalArgumentException.class,
                        () ->
                                new CalibrationSpec(
                                        Calibration.DUAL_SOFTMAX,
                                        java.util.Collections.nCopies(65, "a"),
                                        1));
        assertEquals(
                "[dual_softmax.queries] holds [65] texts, over the limit of [64]: each costs a pass"
                        + " of the model; send fewer",
                e.getMessage());
    }
}
