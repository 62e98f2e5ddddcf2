package org.vidvec.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What one query's ranking is worth, place by place.
 *
 * @param grades relevance of the candidates, best ranked first; 0 for those that do not count
 * @param ideal grades of all relevant candidates, ranked or not, highest first
 */
public record RankedGains(int[] grades, int[] ideal) {

    private static final double LOG_2 = Math.log(2);

    /**
     * Ranks candidates by their scores. Of equal scores the relevant ones come last, so that a
     * model that tells nothing apart gains nothing by it.
     *
     * @param scores one per candidate, higher is better; NaN comes last
     * @param relevant grades from 1 by the candidates' places
     * @throws IllegalArgumentException if nothing is relevant
     */
    public static RankedGains of(double[] scores, Map<Integer, Integer> relevant) {
        int[] order = order(scores, relevant);
        int[] grades = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            grades[i] = relevant.getOrDefault(order[i], 0);
        }
        return of(grades, relevant);
    }

    /** For a ranking whose grades are known. */
    static RankedGains of(int[] grades, Map<Integer, Integer> relevant) {
        if (relevant.isEmpty()) {
            throw new IllegalArgumentException("a query without anything relevant can't be scored");
        }
        int[] ideal =
                relevant.values().stream()
                        .sorted(Comparator.reverseOrder())
                        .mapToInt(Integer::intValue)
                        .toArray();
        return new RankedGains(grades, ideal);
    }

    /** Places of the candidates, best first. */
    public static int[] order(double[] scores, Map<Integer, Integer> relevant) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(
                        Comparator.comparingDouble((Integer i) -> -known(scores[i]))
                                .thenComparingInt(i -> relevant.getOrDefault(i, 0))
                                .thenComparingInt(i -> i))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double known(double score) {
        return Double.isNaN(score) ? Double.NEGATIVE_INFINITY : score;
    }

    /** Place of the best ranked relevant candidate, from 1; one more than there are if none is. */
    public int firstRelevant() {
        for (int i = 0; i < grades.length; i++) {
            if (grades[i] > 0) {
                return i + 1;
            }
        }
        return grades.length + 1;
    }

    /** 1 if one of the first {@code k} is relevant, else 0: R@K of video retrieval, Hit@K. */
    public double hit(int k) {
        return firstRelevant() <= Math.min(k, grades.length) ? 1 : 0;
    }

    /** Part of all relevant ones that is among the first {@code k}. */
    public double recall(int k) {
        return (double) found(k) / ideal.length;
    }

    /** Part of the first {@code k} that is relevant; places that nobody fills count as not. */
    public double precision(int k) {
        return (double) found(k) / k;
    }

    /** Harmonic mean of precision and recall. */
    public double f1(int k) {
        double sum = precision(k) + recall(k);
        return sum == 0 ? 0 : 2 * precision(k) * recall(k) / sum;
    }

    /** 1 / place of the first relevant one, 0 if it is not among the first {@code k}. */
    public double reciprocalRank(int k) {
        return hit(k) / firstRelevant();
    }

    /** Sum of the precisions at the relevant places up to {@code k}, over all relevant ones. */
    public double averagePrecision(int k) {
        double sum = 0;
        int found = 0;
        for (int i = 0; i < Math.min(k, grades.length); i++) {
            if (grades[i] > 0) {
                found++;
                sum += (double) found / (i + 1);
            }
        }
        return sum / ideal.length;
    }

    /** Discounted gain of the first {@code k}, log2(place + 1), over that of the best ranking. */
    public double ndcg(int k, Gain gain) {
        return discounted(grades, k, gain) / discounted(ideal, k, gain);
    }

    private static double discounted(int[] grades, int k, Gain gain) {
        double sum = 0;
        for (int i = 0; i < Math.min(k, grades.length); i++) {
            sum += gain.of(grades[i]) * LOG_2 / Math.log(i + 2);
        }
        return sum;
    }

    private long found(int k) {
        return Arrays.stream(grades).limit(k).filter(g -> g > 0).count();
    }
}
