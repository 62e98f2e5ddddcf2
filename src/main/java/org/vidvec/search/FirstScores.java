package org.vidvec.search;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.search.ScoreDoc;
import org.elasticsearch.action.search.SearchPhaseController;
import org.elasticsearch.search.query.QuerySearchResult;
import org.elasticsearch.search.rank.RankDoc;
import org.elasticsearch.search.rank.rerank.RerankingQueryPhaseRankCoordinatorContext;

/** What the hits of a window scored before they were judged. Of one search, on its own node. */
final class FirstScores {

    private final Map<RankDoc.RankKey, Float> scores = new ConcurrentHashMap<>();

    /** Makes a window of the best of all shards, and notes their scores. */
    RerankingQueryPhaseRankCoordinatorContext window(int size) {
        return new RerankingQueryPhaseRankCoordinatorContext(size) {
            @Override
            public ScoreDoc[] rankQueryPhaseResults(
                    List<QuerySearchResult> results, SearchPhaseController.TopDocsStats stats) {
                ScoreDoc[] window = super.rankQueryPhaseResults(results, stats);
                for (ScoreDoc hit : window) {
                    scores.put(new RankDoc.RankKey(hit.doc, hit.shardIndex), hit.score);
                }
                return window;
            }
        };
    }

    /** Of a hit of the window. */
    float of(ScoreDoc hit) {
        return scores.getOrDefault(new RankDoc.RankKey(hit.doc, hit.shardIndex), 0f);
    }
}
