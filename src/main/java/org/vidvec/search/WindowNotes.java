package org.vidvec.search;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.ScoreDoc;
import org.elasticsearch.action.search.SearchPhaseController;
import org.elasticsearch.search.query.QuerySearchResult;
import org.elasticsearch.search.rank.RankDoc;
import org.elasticsearch.search.rank.rerank.RerankingQueryPhaseRankCoordinatorContext;

/**
 * What the host forgets of the hits of a window: what they scored before they were judged, and how
 * the model judged them. Of one search, on its own node.
 */
final class WindowNotes {

    private final Map<RankDoc.RankKey, Float> scores = new ConcurrentHashMap<>();
    private final Map<RankDoc.RankKey, Supplier<Explanation>> told = new ConcurrentHashMap<>();

    /** Makes a window of the best of all shards, and notes their scores. */
    RerankingQueryPhaseRankCoordinatorContext window(int size) {
        return new RerankingQueryPhaseRankCoordinatorContext(size) {
            @Override
            public ScoreDoc[] rankQueryPhaseResults(
                    List<QuerySearchResult> results, SearchPhaseController.TopDocsStats stats) {
                ScoreDoc[] window = super.rankQueryPhaseResults(results, stats);
                for (ScoreDoc hit : window) {
                    scores.put(key(hit), hit.score);
                }
                return window;
            }
        };
    }

    /** The score of a hit of the window before it was judged. */
    float first(ScoreDoc hit) {
        return scores.getOrDefault(key(hit), 0f);
    }

    /** Notes how a hit was judged, for whoever wants it explained. */
    void tell(ScoreDoc hit, Supplier<Explanation> how) {
        told.put(key(hit), how);
    }

    /** How a hit was judged; null if that was on another node. */
    Explanation told(ScoreDoc hit) {
        Supplier<Explanation> how = told.get(key(hit));
        return how == null ? null : how.get();
    }

    private static RankDoc.RankKey key(ScoreDoc hit) {
        return new RankDoc.RankKey(hit.doc, hit.shardIndex);
    }
}
