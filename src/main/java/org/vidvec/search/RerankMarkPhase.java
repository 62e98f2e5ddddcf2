package org.vidvec.search;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.search.fetch.FetchContext;
import org.elasticsearch.search.fetch.FetchSubPhase;
import org.elasticsearch.search.fetch.FetchSubPhaseProcessor;
import org.elasticsearch.search.fetch.StoredFieldsSpec;
import org.elasticsearch.search.rank.RankDoc;
import org.elasticsearch.search.rescore.RescoreContext;
import org.elasticsearch.search.retriever.rankdoc.RankDocsQuery;

/**
 * Marks hits that a rescore or a retriever with {@code allow_rerank_failures} could not judge: they
 * carry {@code "_rank.reranked": [false]} in their fields.
 */
public final class RerankMarkPhase implements FetchSubPhase {

    /** The field that a hit carries. */
    static final String FIELD = "_rank.reranked";

    @Override
    public FetchSubPhaseProcessor getProcessor(FetchContext context) {
        List<RescoreContext> marking =
                context.rescore().stream()
                        .filter(VidvecRescoreContext.class::isInstance)
                        .filter(
                                rescore ->
                                        ((VidvecRescoreContext) rescore)
                                                .spec()
                                                .keeping()
                                                .allowFailures())
                        // null where no rescore ran, as in the hits of an aggregation
                        .filter(rescore -> rescore.getRescoredDocs() != null)
                        .toList();
        Set<Integer> unjudged = unjudged(context);
        return marking.isEmpty() && unjudged.isEmpty() ? null : new Marker(marking, unjudged);
    }

    /** Doc ids of hits of a retriever. */
    private static Set<Integer> unjudged(FetchContext context) {
        Set<Integer> docs = new HashSet<>();
        if (context.parsedQuery() != null
                && context.parsedQuery().query() instanceof RankDocsQuery ranked) {
            for (RankDoc doc : ranked.rankDocs()) {
                if (doc instanceof VidvecRankDoc own && own.isJudged() == false) {
                    docs.add(doc.doc);
                }
            }
        }
        return docs;
    }

    private record Marker(List<RescoreContext> rescores, Set<Integer> unjudged)
            implements FetchSubPhaseProcessor {

        @Override
        public void setNextReader(LeafReaderContext reader) {}

        @Override
        public void process(HitContext hit) {
            boolean inner = hit.hit().getNestedIdentity() != null;
            int doc = hit.hit().docId();
            boolean judged =
                    rescores.stream().allMatch(r -> r.isRescored(doc))
                            && unjudged.contains(doc) == false;
            if (inner == false && judged == false) {
                hit.hit().setDocumentField(new DocumentField(FIELD, List.of(false)));
            }
        }

        @Override
        public StoredFieldsSpec storedFieldsSpec() {
            return StoredFieldsSpec.NO_REQUIREMENTS;
        }
    }
}
