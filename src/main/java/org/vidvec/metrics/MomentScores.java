package org.vidvec.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Means over moment queries (QVHighlights' evaluation; ViLL-E, Table 1). */
public final class MomentScores {

    private static final double[] RECALL_AT = {0.3, 0.5, 0.7};

    /** 0.5, 0.55 .. 0.95 in hundredths. */
    private static final int FIRST_PERCENT = 50;

    private static final int LAST_PERCENT = 95;
    private static final int STEP_PERCENT = 5;

    /** QVHighlights: answers that count. */
    private static final int MOST_ANSWERS = 10;

    private MomentScores() {}

    /**
     * {@code r1@T}: part of queries whose best answer overlaps a wanted span by T or more; {@code
     * miou}: mean of that overlap; {@code map@T} and their mean {@code map} over 0.5, 0.55 .. 0.95.
     *
     * @throws IllegalArgumentException if there is no query
     */
    public static Map<String, Double> of(List<MomentAnswer> queries) {
        if (queries.isEmpty()) {
            throw new IllegalArgumentException("there is no moment query to score");
        }
        Map<String, Double> all = new LinkedHashMap<>();
        for (double t : RECALL_AT) {
            all.put("r1@" + t, mean(queries, q -> q.bestIou() >= t ? 1 : 0));
        }
        all.put("miou", mean(queries, MomentAnswer::bestIou));
        Map<String, Double> maps = new LinkedHashMap<>();
        for (int percent = FIRST_PERCENT; percent <= LAST_PERCENT; percent += STEP_PERCENT) {
            double t = percent / 100.0;
            String name = String.format(Locale.ROOT, "map@%.2f", t);
            maps.put(name, mean(queries, q -> q.averagePrecision(t, MOST_ANSWERS)));
        }
        all.put("map", maps.values().stream().mapToDouble(m -> m).average().orElseThrow());
        all.putAll(maps);
        return all;
    }

    private static double mean(List<MomentAnswer> queries, ToDoubleFunction<MomentAnswer> measure) {
        return queries.stream().mapToDouble(measure).average().orElseThrow();
    }
}
