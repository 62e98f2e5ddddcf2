package org.vidvec.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.datasets.Caption;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.metrics.DurationBins;
import org.vidvec.metrics.RankSummary;
import org.vidvec.metrics.RankedGains;

/**
 * Which candidates count for which query: grades by place.
 *
 * @param relevant one map for each query; empty for a query that nothing answers
 */
record Relevance(List<Map<Integer, Integer>> relevant) {

    /** Captions as queries, media as candidates. */
    static Relevance textToMedia(LabelledSet set) {
        Map<String, Integer> places = new HashMap<>();
        set.media().forEach(m -> places.put(m.id(), places.size()));
        List<Map<Integer, Integer>> relevant = new ArrayList<>();
        for (Caption caption : set.captions()) {
            Map<Integer, Integer> grades = new LinkedHashMap<>();
            caption.media().forEach((id, grade) -> grades.put(places.get(id), grade));
            relevant.add(grades);
        }
        return new Relevance(relevant);
    }

    /** Media as queries, captions as candidates: any caption of a medium counts. */
    Relevance turned(int media) {
        List<Map<Integer, Integer>> turned = new ArrayList<>();
        for (int i = 0; i < media; i++) {
            turned.add(new LinkedHashMap<>());
        }
        for (int text = 0; text < relevant.size(); text++) {
            int place = text;
            relevant.get(text).forEach((medium, grade) -> turned.get(medium).put(place, grade));
        }
        return new Relevance(turned);
    }

    /** The queries that something answers, each with the first that does. */
    List<DurationBins.Query> queries(ScoreTable scores) {
        List<DurationBins.Query> queries = new ArrayList<>();
        for (int i = 0; i < relevant.size(); i++) {
            if (relevant.get(i).isEmpty() == false) {
                int right = relevant.get(i).keySet().iterator().next();
                queries.add(
                        new DurationBins.Query(
                                right, RankedGains.of(scores.row(i), relevant.get(i))));
            }
        }
        return queries;
    }

    /**
     * The factor of a grid at which dual softmax has the most first places; of equal ones that with
     * the better reciprocal ranks, then the smallest.
     */
    double bestScale(ScoreTable scores, List<Double> grid) {
        double best = grid.get(0);
        double[] most = {-1, -1};
        for (double scale : grid) {
            Map<String, Double> at = measure(scores.dualSoftmax(scale));
            double[] found = {at.get("recall@1"), at.get("mrr")};
            if (Arrays.compare(found, most) > 0) {
                most = found;
                best = scale;
            }
        }
        return best;
    }

    /** Means over the queries that something answers, and how many those are. */
    Map<String, Double> measure(ScoreTable scores) {
        List<RankedGains> queries =
                queries(scores).stream().map(DurationBins.Query::ranking).toList();
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put("queries", (double) queries.size());
        measures.put("candidates", (double) scores.candidates());
        measures.putAll(RankSummary.of(queries));
        return measures;
    }
}
