package org.vidvec.quality;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.media.MediaException;
import org.vidvec.metrics.RankSummary;
import org.vidvec.metrics.RankedGains;
import org.vidvec.model.EmbedInput.Role;
import org.vidvec.model.ModelException;

/**
 * A task of ranking, as all of MMEB-V2 are: each query has candidates of its own, or all of them.
 *
 * @param queryInstruction asked of queries; null for the model card's
 * @param targetInstruction asked of candidates; null for the model card's
 * @param candidates of all queries together
 */
record RankTask(
        String queryInstruction,
        String targetInstruction,
        List<Side> candidates,
        List<Query> queries) {

    /**
     * A query.
     *
     * @param among places of its candidates; empty for all
     * @param right grades of the right ones by their places
     */
    record Query(Side side, List<Integer> among, Map<Integer, Integer> right) {}

    /** What came of it: means over the queries, and how many candidates a query has. */
    Map<String, Double> run(Vectors vectors) throws MediaException, ModelException {
        List<Side> asked = queries.stream().map(Query::side).toList();
        float[][] found = embed(vectors, candidates, Role.DOCUMENT, targetInstruction);
        float[][] query = embed(vectors, asked, Role.QUERY, queryInstruction);
        List<RankedGains> gains = new ArrayList<>();
        long all = 0;
        for (int i = 0; i < queries.size(); i++) {
            double[] scores = ScoreTable.cosines(new float[][] {query[i]}, found).row(0);
            Query one = queries.get(i);
            gains.add(
                    one.among().isEmpty() ? RankedGains.of(scores, one.right()) : own(one, scores));
            all += one.among().isEmpty() ? candidates.size() : one.among().size();
        }
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put("queries", (double) queries.size());
        measures.put("candidates", (double) all / queries.size());
        measures.putAll(RankSummary.of(gains));
        return measures;
    }

    private static RankedGains own(Query query, double[] scores) {
        double[] own = new double[query.among().size()];
        Map<Integer, Integer> right = new LinkedHashMap<>();
        for (int i = 0; i < own.length; i++) {
            own[i] = scores[query.among().get(i)];
            Integer grade = query.right().get(query.among().get(i));
            if (grade != null) {
                right.put(i, grade);
            }
        }
        return RankedGains.of(own, right);
    }

    private static float[][] embed(Vectors vectors, List<Side> sides, Role role, String instruction)
            throws MediaException, ModelException {
        String stage = role == Role.QUERY ? "queries" : "candidates";
        return vectors.sides(stage, sides, role, instruction);
    }
}
