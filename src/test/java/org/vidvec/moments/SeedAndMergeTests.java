package org.vidvec.moments;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.elasticsearch.test.ESTestCase;

/** Each expected segment was worked out by hand from ViLL-E App. G. */
public class SeedAndMergeTests extends ESTestCase {

    /** 10 s every 5 s, as E-28. */
    private static List<ScoredWindow> sliding(double... scores) {
        return windows(10, 5, scores);
    }

    /** 5 s after 5 s, as E-55. */
    private static List<ScoredWindow> fixed(double... scores) {
        return windows(5, 5, scores);
    }

    private static List<ScoredWindow> windows(double length, double stride, double... scores) {
        List<ScoredWindow> windows = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            windows.add(new ScoredWindow(i * stride, i * stride + length, scores[i]));
        }
        return windows;
    }

    private static SeedAndMerge merge(double alpha, double threshold, boolean centre) {
        return new SeedAndMerge(alpha, threshold, centre, 0);
    }

    public void testNeighboursJoinByTheSeedsShareUntilTheFirstThatFails() {
        // seed 0.8 at [15, 20]; 0.9 x 0.8 = 0.72: left 0.73 joins, 0.5 ends it; right 0.721 joins
        List<ScoredWindow> windows = fixed(0.79, 0.5, 0.73, 0.8, 0.721, 0.1, 0.75);
        assertEquals(
                List.of(new Segment(10, 25, 0.8, 17.5, 3)),
                merge(0.9, 0.95, false).segments(windows, 1));
    }

    public void testNeighboursJoinByTheThresholdToo() {
        // 0.9 x 0.8 = 0.72 lets nobody in, 0.4 lets in the two on the left
        List<ScoredWindow> windows = fixed(0.45, 0.4, 0.8, 0.39, 0.6);
        assertEquals(
                List.of(new Segment(0, 15, 0.8, 12.5, 3)),
                merge(0.9, 0.4, false).segments(windows, 1));
    }

    public void testOuterWindowsCountToTheirMiddle() {
        List<ScoredWindow> windows = fixed(0.1, 0.75, 0.8, 0.75, 0.1);
        assertEquals(
                List.of(new Segment(7.5, 17.5, 0.8, 12.5, 3)),
                merge(0.9, 0.95, true).segments(windows, 1));
        // the seed keeps its own end
        assertEquals(
                List.of(new Segment(5, 12.5, 0.8, 7.5, 2)),
                merge(0.9, 0.95, true).segments(fixed(0.1, 0.8, 0.75, 0.1), 1));
        assertEquals(
                List.of(new Segment(5, 10, 0.8, 7.5, 1)),
                merge(1, 0.95, true).segments(fixed(0.1, 0.8, 0.75, 0.1), 1));
    }

    public void testWindowsThatOverlap() {
        // seed [10, 20]; [5, 15] and [15, 25] join: middles 10 and 20 are the seed's own ends
        List<ScoredWindow> windows = sliding(0.1, 0.6, 0.65, 0.6, 0.1);
        assertEquals(
                List.of(new Segment(5, 25, 0.65, 15, 3)),
                merge(0.9, 0.9, false).segments(windows, 1));
        assertEquals(
                List.of(new Segment(10, 20, 0.65, 15, 3)),
                merge(0.9, 0.9, true).segments(windows, 1));
        // 10 s every 2 s: the neighbour's middle lies inside the seed, which stays whole
        assertEquals(
                List.of(new Segment(2, 12, 0.65, 7, 2)),
                merge(0.9, 0.9, true).segments(windows(10, 2, 0.6, 0.65), 1));
    }

    public void testAnswersDoNotOverlapUnlessTheyMay() {
        List<ScoredWindow> windows = sliding(0.5, 0.1, 0.2, 0.45);
        // [0, 10], then [15, 25]; [10, 20] overlaps that, [5, 15] the first
        assertEquals(
                List.of(new Segment(0, 10, 0.5, 5, 1), new Segment(15, 25, 0.45, 20, 1)),
                merge(1, 1, true).segments(windows, 9));
        SeedAndMerge any = new SeedAndMerge(1, 1, true, 1);
        assertEquals(4, any.segments(windows, 9).size());
        // [10, 20] and [15, 25] share 5 of 15 seconds
        SeedAndMerge aThird = new SeedAndMerge(1, 1, true, 1.0 / 3 + 1e-9);
        assertEquals(
                List.of(0.5, 0.45, 0.2, 0.1),
                aThird.segments(windows, 9).stream().map(Segment::score).toList());
        assertEquals(2, new SeedAndMerge(1, 1, true, 0.3).segments(windows, 9).size());
    }

    public void testNegativeScoresMergeByTheThresholdOnly() {
        List<ScoredWindow> windows = fixed(-0.3, -0.2, -0.3);
        assertEquals(1, merge(0.5, 0.35, true).segments(windows, 1).get(0).windows());
        assertEquals(3, merge(0.5, -0.3, true).segments(windows, 1).get(0).windows());
    }

    public void testOrderSizeAndTies() {
        List<ScoredWindow> windows = new ArrayList<>(fixed(0.3, 0.9, 0.2, 0.9, 0.3));
        Collections.shuffle(windows, random());
        List<Segment> two = merge(1, 1, true).segments(windows, 2);
        // of two equal ones the earlier
        assertEquals(List.of(7.5, 17.5), two.stream().map(Segment::seed).toList());
        assertEquals(List.of(), merge(1, 1, true).segments(windows, 0));
        assertEquals(List.of(), merge(1, 1, true).segments(List.of(), 3));
    }

    public void testIou() {
        Segment a = new Segment(0, 10, 0, 0, 1);
        assertEquals(1.0 / 3, a.iou(new Segment(5, 15, 0, 0, 1)), 1e-12);
        assertEquals(0, a.iou(new Segment(10, 20, 0, 0, 1)), 0);
        assertEquals(1, a.iou(a), 0);
        assertEquals(0.5, a.iou(new Segment(0, 5, 0, 0, 1)), 1e-12);
    }

    public void testRanges() {
        Exception e = expectThrows(IllegalArgumentException.class, () -> merge(1.5, 0.3, true));
        assertEquals("[alpha] must be [0] to [1], not [1.5]", e.getMessage());
        e = expectThrows(IllegalArgumentException.class, () -> merge(0.9, -2, true));
        assertEquals("[threshold] must be [-1] to [1], not [-2.0]", e.getMessage());
        e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> new SeedAndMerge(0.9, Double.NaN, true, 0));
        assertEquals("[threshold] must be [-1] to [1], not [NaN]", e.getMessage());
    }
}
