package org.vidvec.search;

import java.util.List;
import org.elasticsearch.test.ESTestCase;

public class ScoreBlendTests extends ESTestCase {

    private static final double EXACT = 1e-12;

    private static ScoreBlend blend(ScoreMode mode) {
        return new ScoreBlend(mode, mode == ScoreMode.REPLACE ? 1 : 2, 3);
    }

    public void testNumbers() {
        // first score 0.5 with weight 2, P(Yes) 0.25 with weight 3
        assertEquals(0.75, blend(ScoreMode.REPLACE).judged(0.5, 0.25), EXACT);
        assertEquals(1.75, blend(ScoreMode.TOTAL).judged(0.5, 0.25), EXACT);
        assertEquals(0.75, blend(ScoreMode.MULTIPLY).judged(0.5, 0.25), EXACT);
        assertEquals(0.875, blend(ScoreMode.AVG).judged(0.5, 0.25), EXACT);
        assertEquals(1.0, blend(ScoreMode.MAX).judged(0.5, 0.25), EXACT);
        assertEquals(0.75, blend(ScoreMode.MIN).judged(0.5, 0.25), EXACT);
    }

    public void testUnjudgedKeepTheirOrderInEveryMode() {
        for (ScoreMode mode : ScoreMode.values()) {
            double better = blend(mode).unjudged(0.9);
            double worse = blend(mode).unjudged(0.8);
            assertTrue(mode + " keeps the order", better > worse);
            assertTrue(mode + " survives rounding", (float) better > (float) worse);
            assertTrue(mode + " is not negative", worse >= 0);
        }
    }

    public void testUnjudgedLieBelowAJudgedHitWithTheSameFirstScore() {
        for (ScoreMode mode : ScoreMode.values()) {
            double judged = blend(mode).judged(0.9, 0.5);
            double unjudged = blend(mode).unjudged(0.9);
            // the larger of the two may be the first score itself
            assertTrue(
                    mode.toString(),
                    mode == ScoreMode.MAX ? judged >= unjudged : judged > unjudged);
        }
    }

    public void testReplacedScoresStandAboveAnyUnjudged() {
        assertTrue(ScoreBlend.DEFAULT.judged(0.1, 0.001) > ScoreBlend.DEFAULT.unjudged(40));
    }

    public void testWeightsMustBeUsable() {
        for (float bad : List.of(-1f, Float.NaN, Float.POSITIVE_INFINITY)) {
            Exception e =
                    expectThrows(
                            IllegalArgumentException.class,
                            () -> new ScoreBlend(ScoreMode.TOTAL, bad, 1));
            assertEquals(
                    "[query_weight] must be at least [0], not ["
                            + bad
                            + "]; scores can't be negative",
                    e.getMessage());
            expectThrows(
                    IllegalArgumentException.class, () -> new ScoreBlend(ScoreMode.TOTAL, 1, bad));
        }
    }

    public void testWeightWithoutEffectIsRefused() {
        Exception e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> new ScoreBlend(ScoreMode.REPLACE, 0.5f, 1));
        assertEquals(
                "[query_weight] [0.5] has no effect with [score_mode] [replace], which drops the"
                        + " first score; leave it out, or choose [total], [multiply], [avg], [max]"
                        + " or [min]",
                e.getMessage());
    }

    public void testUnknownModeListsThoseThereAre() {
        Exception e =
                expectThrows(IllegalArgumentException.class, () -> ScoreMode.fromString("median"));
        assertEquals(
                "unknown [score_mode] [median]; it must be one of [replace, total, multiply, avg,"
                        + " max, min]",
                e.getMessage());
    }
}
