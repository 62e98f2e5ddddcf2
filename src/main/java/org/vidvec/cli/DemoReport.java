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
 * @param queries what was asked and found
 */
record DemoReport(
        int ingested,
        int failed,
        String model,
        @SerializedName("random_weights") boolean randomWeights,
        Map<String, Double> seconds,
        List<Query> queries) {

    /**
     * A query before and after the rescore.
     *
     * @param query its text
     * @param knn hits by distance of the vectors, best first
     * @param reranked hits by P(Yes), best first
     */
    record Query(String query, List<Hit> knn, List<Judged> reranked) {}

    /** A hit of the kNN search. */
    record Hit(String id, double score) {}

    /** A hit that the model has judged; the score mode of the request makes both numbers equal. */
    record Judged(String id, double score, @SerializedName("p_yes") double pYes) {}

    String toJson() {
        return new Gson().toJson(this);
    }
}
