package org.vidvec.search;

import java.util.Arrays;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.SearchHits;
import org.elasticsearch.search.builder.SearchSourceBuilder;

/**
 * The {@code min_score} of a search's rescore, on the node that got the search. The host can't take
 * a shard whose rescorer returns no hit, so such a shard returns its best one, and here it is left
 * out.
 *
 * @param keeping of the rescore
 */
record MinScore(Keeping keeping) {

    /** That of a search, or null if it has none. */
    static MinScore of(SearchSourceBuilder source) {
        if (source.rescores() == null || source.rescores().isEmpty()) {
            return null;
        }
        return source.rescores().getLast() instanceof VidvecRescorerBuilder last
                        && last.spec().keeping().minScore() != null
                ? new MinScore(last.spec().keeping())
                : null;
    }

    /** Passes on the answer without the hits that are below. */
    @SuppressWarnings("unchecked")
    <R extends ActionResponse> ActionListener<R> over(ActionListener<R> listener) {
        return listener.delegateFailureAndWrap(
                (l, response) -> {
                    SearchResponse search = (SearchResponse) response;
                    SearchHit[] hits = search.getHits().getHits();
                    SearchHit[] kept =
                            Arrays.stream(hits).filter(this::stays).toArray(SearchHit[]::new);
                    if (kept.length == hits.length) {
                        l.onResponse(response);
                    } else {
                        ActionListener.respondAndRelease(l, (R) with(search, kept));
                    }
                });
    }

    private boolean stays(SearchHit hit) {
        DocumentField mark = hit.field(RerankMarkPhase.FIELD);
        return keeping.keeps(hit.getScore()) || (mark != null && mark.getValues().contains(false));
    }

    private static SearchResponse with(SearchResponse all, SearchHit[] kept) {
        for (SearchHit hit : kept) {
            hit.incRef();
        }
        SearchHits old = all.getHits();
        SearchHits hits =
                new SearchHits(
                        kept,
                        old.getTotalHits(),
                        kept.length == 0 ? Float.NaN : old.getMaxScore(),
                        old.getSortFields(),
                        old.getCollapseField(),
                        old.getCollapseValues());
        try {
            return new SearchResponse(
                    hits,
                    all.getAggregations(),
                    all.getSuggest(),
                    all.isTimedOut(),
                    all.isTerminatedEarly(),
                    all.getSearchProfileResults(),
                    all.getNumReducePhases(),
                    all.getScrollId(),
                    all.getTotalShards(),
                    all.getSuccessfulShards(),
                    all.getSkippedShards(),
                    all.getTook().millis(),
                    all.getShardFailures(),
                    all.getClusters(),
                    all.pointInTimeId(),
                    null,
                    null);
        } finally {
            // the response has a reference of its own
            hits.decRef();
        }
    }
}
