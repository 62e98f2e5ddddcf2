package org.vidvec.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Means over the queries of one direction. */
public final class RankSummary {

    /** Depths that the papers report (VidVec §5, VLM2Vec-V2's harness). */
    private static final int[] DEPTHS = {1, 5, 10};

    private RankSummary() {}

    /**
     * {@code recall@K} is the part of queries with a relevant candidate among the first K, as video
     * retrieval reports it; {@code recall_of_all@K} is the mean part of all relevant ones.
     *
     * @param queries at least one
     * @return by name, 0..1 but for {@code median_rank} and {@code mean_rank}, which count from 1
     * @throws IllegalArgumentException if there is no query
     */
    public static Map<String, Double> of(List<RankedGains> queries) {
        if (queries.isEmpty()) {
            throw new IllegalArgumentException("there is no query to score");
        }
        Map<String, Double> all = new LinkedHashMap<>();
        for (int k : DEPTHS) {
            all.put("recall@" + k, mean(queries, q -> q.hit(k)));
        }
        all.put("median_rank", medianRank(queries));
        all.put("mean_rank", mean(queries, RankedGains::firstRelevant));
        all.put("mrr", mean(queries, q -> q.reciprocalRank(Integer.MAX_VALUE)));
        all.put("map", mean(queries, q -> q.averagePrecision(Integer.MAX_VALUE)));
        for (int k : DEPTHS) {
            all.put("ndcg_linear@" + k, mean(queries, q -> q.ndcg(k, Gain.LINEAR)));
            all.put("ndcg_exponential@" + k, mean(queries, q -> q.ndcg(k, Gain.EXPONENTIAL)));
            all.put("precision@" + k, mean(queries, q -> q.precision(k)));
            all.put("recall_of_all@" + k, mean(queries, q -> q.recall(k)));
            all.put("f1@" + k, mean(queries, q -> q.f1(k)));
            all.put("map@" + k, mean(queries, q -> q.averagePrecision(k)));
            all.put("mrr@" + k, mean(queries, q -> q.reciprocalRank(k)));
        }
        return all;
    }

    private static double mean(List<RankedGains> queries, ToDoubleFunction<RankedGains> measure) {
        return queries.stream().mapToDouble(measure).average().orElseThrow();
    }

    /** The middle of the ranks of the first relevant candidates; of two the mean, as numpy's. */
    private static double medianRank(List<RankedGains> queries) {
        int[] ranks = queries.stream().mapToInt(RankedGains::firstRelevant).sorted().toArray();
        int middle = ranks.length / 2;
        return ranks.length % 2 == 1
                ? ranks[middle]
                : Arrays.stream(ranks, middle - 1, middle + 1).average().orElseThrow();
    }
}
