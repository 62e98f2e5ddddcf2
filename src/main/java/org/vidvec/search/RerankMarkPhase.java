package org.vidvec.search;

import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.search.fetch.FetchContext;
import org.elasticsearch.search.fetch.FetchSubPhase;
import org.elasticsearch.search.fetch.FetchSubPhaseProcessor;
import org.elasticsearch.search.fetch.StoredFieldsSpec;
import org.elasticsearch.search.rescore.RescoreContext;

/**
 * Marks hits that a rescore with {@code allow_rerank_failures} could not judge: they carry {@code
 * "_rank.reranked": [false]} in their fields.
 */
public final class RerankMarkPhase implements FetchSubPhase {

    /** The field that a hit carries. */
    static final String FIELD = "_rank.reranked";

    @Override
    public FetchSubPhaseProcessor getProcessor(FetchContext context) {
        List<RescoreContext> marking =
                context.rescore().stream()
                        .filter(VidvecRescoreContext.class::isInstance)
                        .filter(rescore -> ((VidvecRescoreContext) rescore).spec().allowFailures())
                        // null where no rescore ran, as in the hits of an aggregation
                        .filter(rescore -> rescore.getRescoredDocs() != null)
                        .toList();
        return marking.isEmpty() ? null : new Marker(marking);
    }

    private record Marker(List<RescoreContext> rescores) implements FetchSubPhaseProcessor {

        @Override
        public void setNextReader(LeafReaderContext reader) {}

        @Override
        public void process(HitContext hit) {
            boolean inner = hit.hit().getNestedIdentity() != null;
            int doc = hit.hit().docId();
            if (inner == false && rescores.stream().allMatch(r -> r.isRescored(doc)) == false) {
                hit.hit().setDocumentField(new DocumentField(FIELD, List.of(false)));
            }
        }

        @Override
        public StoredFieldsSpec storedFieldsSpec() {
            return StoredFieldsSpec.NO_REQUIREMENTS;
        }
    }
}
