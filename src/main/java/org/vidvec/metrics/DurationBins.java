package org.vidvec.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Retrieval by the lengths of the videos that are right, and how much a model wrote for each
 * (ViLL-E Table 11 and App. A).
 */
public final class DurationBins {

    // seconds: ViLL-E Table 11
    private static final int[] ENDS = {60, 120, 180};

    private static final List<String> SHOWN =
            List.of("recall@1", "recall@5", "recall@10", "median_rank", "mrr");

    private DurationBins() {}

    /**
     * A candidate.
     *
     * @param seconds its length; NaN if it is not known, or no video
     * @param written tokens that its vector is made of; 0 where a model writes none
     */
    public record Video(double seconds, double written) {}

    /**
     * A query's ranking.
     *
     * @param video place of the one that is right
     */
    public record Query(int video, RankedGains ranking) {}

    /**
     * Means by bin, from {@code 0-60} to {@code 180+}; an end belongs to the next bin. Those
     * without a video or a query are left out.
     *
     * @return by bin {@code videos}, {@code queries}, measures as of {@link RankSummary}, and
     *     {@code written_tokens}, the mean over its videos, where a model wrote any
     */
    public static Map<String, Map<String, Double>> of(List<Video> videos, List<Query> queries) {
        Map<String, Map<String, Double>> bins = new LinkedHashMap<>();
        for (int bin = 0; bin <= ENDS.length; bin++) {
            int own = bin;
            List<Video> inside = videos.stream().filter(v -> bin(v.seconds()) == own).toList();
            List<RankedGains> asked = new ArrayList<>();
            for (Query query : queries) {
                if (bin(videos.get(query.video()).seconds()) == bin) {
                    asked.add(query.ranking());
                }
            }
            if (asked.isEmpty() == false) {
                bins.put(name(bin), measures(inside, asked));
            }
        }
        return bins;
    }

    private static Map<String, Double> measures(List<Video> videos, List<RankedGains> queries) {
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put("videos", (double) videos.size());
        measures.put("queries", (double) queries.size());
        Map<String, Double> all = RankSummary.of(queries);
        SHOWN.forEach(name -> measures.put(name, all.get(name)));
        double written = videos.stream().mapToDouble(Video::written).average().orElse(0);
        if (written > 0) {
            measures.put("written_tokens", written);
        }
        return measures;
    }

    /** -1 of what has no length. */
    private static int bin(double seconds) {
        if (Double.isNaN(seconds)) {
            return -1;
        }
        int bin = 0;
        while (bin < ENDS.length && seconds >= ENDS[bin]) {
            bin++;
        }
        return bin;
    }

    private static String name(int bin) {
        int start = bin == 0 ? 0 : ENDS[bin - 1];
        return bin == ENDS.length ? start + "+" : start + "-" + ENDS[bin];
    }
}
