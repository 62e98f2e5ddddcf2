package org.vidvec.cli;

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;
import java.util.List;
import java.util.Map;

/**
 * What a demo has done; its JSON is what {@code --json} prints.
 *
 * @param ingested number of clips that can be searched
 * @param failed number of clips that were refused
 * @param model id of the model
 * @param randomWeights whether the model was never trained, so that its rankings mean nothing
 * @param seconds how long each stage took, in their order
 * @param generated how the generated clips were found, each by a caption of its own
 * @param real the same of found footage
 * @param queries what was asked and found
 */
record DemoReport(
        int ingested,
        int failed,
        String model,
        @SerializedName("random_weights") boolean randomWeights,
        Map<String, Double> seconds,
        Found generated,
        Found real,
        List<Query> queries) {

    /**
     * How often the clip that was sought came first.
     *
     * @param queries as many as clips
     * @param knn by distance of the vectors
     * @param reranked after the rescore
     */
    record Found(int queries, int knn, int reranked) {

        static Found of(List<Query> queries, boolean generated) {
            List<Query> some = queries.stream().filter(q -> q.generated() == generated).toList();
            return new Found(
                    some.size(),
                    (int) some.stream().filter(q -> q.isFirst(q.knn().get(0).id())).count(),
                    (int) some.stream().filter(q -> q.isFirst(q.reranked().get(0).id())).count());
        }
    }

    /**
     * A query before and after the rescore.
     *
     * @param query its text
     * @param wanted id of the clip that it describes
     * @param generated whether that one was drawn
     * @param knn hits by distance of the vectors, best first
     * @param reranked hits by P(Yes), best first
     */
    record Query(
            String query, String wanted, boolean generated, List<Hit> knn, List<Judged> reranked) {

        private boolean isFirst(String id) {
            return id.equals(wanted);
        }
    }

    /** A hit of the kNN search. */
    record Hit(String id, double score) {}

    /** A hit that the model has judged; the score mode of the request makes both numbers equal. */
    record Judged(String id, double score, @SerializedName("p_yes") double pYes) {}

    String toJson() {
        return new Gson().toJson(this);
    }
}
