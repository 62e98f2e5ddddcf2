package org.vidvec.search;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.SearchHits;
import org.elasticsearch.search.fetch.FetchContext;
import org.elasticsearch.search.fetch.FetchSubPhase;
import org.elasticsearch.search.fetch.FetchSubPhaseProcessor;
import org.elasticsearch.search.fetch.StoredFieldsSpec;
import org.elasticsearch.search.fetch.subphase.FetchFieldsContext;
import org.elasticsearch.search.rank.RankShardResult;
import org.elasticsearch.search.rank.context.RankFeaturePhaseRankShardContext;
import org.elasticsearch.search.rank.feature.RankFeatureDoc;
import org.elasticsearch.search.rank.feature.RankFeatureShardResult;

/**
 * Reads what is judged of each hit of a window, on its shard. The host would read one field by its
 * mapping, which has none for frames as the ingest processor leaves them; {@link FrameReader} reads
 * {@code _source}.
 */
public final class RerankMedia implements FetchSubPhase {

    /** Stands where the host expects a field to read; what was found lies there. */
    private static final String FIELD = "_vidvec_rerank_media";

    @Override
    public FetchSubPhaseProcessor getProcessor(FetchContext context) {
        return context.rankBuilder() instanceof VidvecRankBuilder rank
                        && isAskedFor(context.fetchFieldsContext())
                ? new Processor(
                        new FrameReader(
                                context.getSearchExecutionContext(),
                                rank.spec().field(),
                                rank.spec().type(),
                                rank.spec().texts()))
                : null;
    }

    /** Not in the last phase of such a search, which fetches what the request names. */
    private static boolean isAskedFor(FetchFieldsContext fields) {
        return fields != null
                && fields.fields().stream().anyMatch(field -> field.field.equals(FIELD));
    }

    private static final class Processor implements FetchSubPhaseProcessor {

        private final FrameReader frames;
        private LeafReaderContext leaf;

        Processor(FrameReader frames) {
            this.frames = frames;
        }

        @Override
        public void setNextReader(LeafReaderContext reader) {
            leaf = reader;
        }

        @Override
        public void process(HitContext hit) throws IOException {
            String found = frames.read(leaf, hit.docId()).encode();
            hit.hit().setDocumentField(new DocumentField(FIELD, List.of(found)));
        }

        @Override
        public StoredFieldsSpec storedFieldsSpec() {
            return StoredFieldsSpec.NO_REQUIREMENTS;
        }
    }

    /** Takes what was found to the node that asks the model. */
    static final class ShardContext extends RankFeaturePhaseRankShardContext {

        ShardContext() {
            super(FIELD);
        }

        @Override
        public RankShardResult buildRankFeatureShardResult(SearchHits hits, int shardId) {
            return new RankFeatureShardResult(
                    Arrays.stream(hits.getHits())
                            .map(hit -> feature(hit, shardId))
                            .toArray(RankFeatureDoc[]::new));
        }

        private static RankFeatureDoc feature(SearchHit hit, int shardId) {
            RankFeatureDoc doc = new RankFeatureDoc(hit.docId(), hit.getScore(), shardId);
            doc.featureData(List.of((String) hit.field(FIELD).getValue()));
            return doc;
        }
    }
}
