package org.vidvec.metrics;

import java.util.Comparator;
import java.util.List;
import org.vidvec.datasets.Span;

/**
 * What was found for one moment query, and what was right.
 *
 * @param found best first
 * @param wanted the stretches that the query describes, at least one
 */
public record MomentAnswer(List<Found> found, List<Span> wanted) {

    /** An answer with its score. */
    public record Found(Span span, double score) {}

    /**
     * @throws IllegalArgumentException if nothing is wanted
     */
    public MomentAnswer {
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("a moment query needs at least one right span");
        }
        found = found.stream().sorted(Comparator.comparingDouble(f -> -f.score())).toList();
        wanted = List.copyOf(wanted);
    }

    /** Overlap of the best answer with the wanted span that it overlaps most; 0 without answer. */
    public double bestIou() {
        return found.isEmpty()
                ? 0
                : wanted.stream().mapToDouble(found.get(0).span()::iou).max().orElseThrow();
    }

    /**
     * Average precision at a threshold, as QVHighlights' evaluation has it: answers in their order
     * take the free wanted span that they overlap most, if by {@code threshold} or more; precision
     * is made to fall with recall and summed over the steps of recall.
     *
     * @param most so many answers count
     */
    public double averagePrecision(double threshold, int most) {
        int n = Math.min(most, found.size());
        boolean[] taken = new boolean[wanted.size()];
        double[] precision = new double[n];
        double[] recall = new double[n];
        int right = 0;
        for (int i = 0; i < n; i++) {
            int span = nearestFree(found.get(i).span(), threshold, taken);
            if (span >= 0) {
                taken[span] = true;
                right++;
            }
            precision[i] = (double) right / (i + 1);
            recall[i] = (double) right / wanted.size();
        }
        return area(precision, recall);
    }

    private int nearestFree(Span answer, double threshold, boolean[] taken) {
        int best = -1;
        for (int i = 0; i < taken.length; i++) {
            double iou = answer.iou(wanted.get(i));
            boolean nearer = best < 0 || iou >= answer.iou(wanted.get(best));
            if (taken[i] == false && iou >= threshold && nearer) {
                best = i;
            }
        }
        return best;
    }

    /** Under the curve of precision by recall, precision never less than what comes after it. */
    private static double area(double[] precision, double[] recall) {
        double area = 0;
        double after = 0;
        for (int i = precision.length - 1; i >= 0; i--) {
            after = Math.max(after, precision[i]);
            area += (recall[i] - (i == 0 ? 0 : recall[i - 1])) * after;
        }
        return area;
    }
}
