package org.vidvec.moments;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Merges windows into segments (ViLL-E App. G): the best window is the seed, and its neighbours on
 * either side belong to it as long as each scores at least {@code threshold}, or at least {@code
 * alpha} times the seed. The next answer begins at the best window that belongs to none yet.
 *
 * @param alpha of the seed's score, 0 to 1; 1 merges only what scores like the seed
 * @param threshold cosine, -1 to 1
 * @param centreCorrect whether a segment begins and ends in the middle of its outermost windows,
 *     where these are not the seed
 * @param maxOverlap most that an answer may overlap a better one, as intersection over union: 0 for
 *     not at all, 1 for any
 */
public record SeedAndMerge(
        double alpha, double threshold, boolean centreCorrect, double maxOverlap) {

    /**
     * The paper publishes neither constant; these are ours: api.md's, until measured. Answers do
     * not overlap.
     */
    public static final SeedAndMerge DEFAULT = new SeedAndMerge(0.9, 0.35, true, 0);

    /**
     * @throws IllegalArgumentException if a number is out of its range, by name
     */
    public SeedAndMerge {
        within("alpha", alpha, 0);
        within("threshold", threshold, -1);
        within("overlap", maxOverlap, 0);
    }

    private static void within(String name, double value, int lowest) {
        if ((value >= lowest && value <= 1) == false) {
            throw new IllegalArgumentException(
                    "[" + name + "] must be [" + lowest + "] to [1], not [" + value + "]");
        }
    }

    /**
     * The best segments, best first.
     *
     * @param windows of one video, in any order
     * @param size how many at most
     */
    public List<Segment> segments(List<ScoredWindow> windows, int size) {
        List<ScoredWindow> inOrder =
                windows.stream()
                        .sorted(
                                Comparator.comparingDouble(ScoredWindow::start)
                                        .thenComparingDouble(ScoredWindow::end))
                        .toList();
        boolean[] taken = new boolean[inOrder.size()];
        List<Segment> segments = new ArrayList<>();
        for (int seed = best(inOrder, taken);
                seed >= 0 && segments.size() < size;
                seed = best(inOrder, taken)) {
            Segment segment = around(seed, inOrder, taken);
            if (segments.stream().allMatch(better -> segment.iou(better) <= maxOverlap)) {
                segments.add(segment);
            }
        }
        return List.copyOf(segments);
    }

    /** The earliest of the best windows that are left; -1 if none is. */
    private static int best(List<ScoredWindow> windows, boolean[] taken) {
        int best = -1;
        for (int i = 0; i < taken.length; i++) {
            boolean better = best < 0 || windows.get(i).score() > windows.get(best).score();
            if (taken[i] == false && better) {
                best = i;
            }
        }
        return best;
    }

    private Segment around(int seed, List<ScoredWindow> windows, boolean[] taken) {
        double best = windows.get(seed).score();
        int first = seed;
        while (first > 0 && taken[first - 1] == false && joins(windows.get(first - 1), best)) {
            first--;
        }
        int last = seed;
        while (last + 1 < taken.length
                && taken[last + 1] == false
                && joins(windows.get(last + 1), best)) {
            last++;
        }
        double end = Double.NEGATIVE_INFINITY;
        for (int i = first; i <= last; i++) {
            taken[i] = true;
            end = Math.max(end, windows.get(i).end());
        }
        return segment(windows, seed, first, last, end);
    }

    private boolean joins(ScoredWindow neighbour, double best) {
        return neighbour.score() >= threshold || neighbour.score() >= alpha * best;
    }

    private Segment segment(
            List<ScoredWindow> windows, int seed, int first, int last, double unionEnd) {
        ScoredWindow middle = windows.get(seed);
        double start = windows.get(first).start();
        double end = unionEnd;
        // never into the seed itself, where windows overlap by more than half
        if (centreCorrect && first != seed) {
            start = Math.min(middle.start(), windows.get(first).middle());
        }
        if (centreCorrect && last != seed) {
            end = Math.max(middle.end(), windows.get(last).middle());
        }
        return new Segment(start, end, middle.score(), middle.middle(), last - first + 1);
    }
}
