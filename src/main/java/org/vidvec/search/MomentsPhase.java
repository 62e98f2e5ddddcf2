package org.vidvec.search;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.search.fetch.FetchContext;
import org.elasticsearch.search.fetch.FetchSubPhase;
import org.elasticsearch.search.fetch.FetchSubPhaseProcessor;
import org.elasticsearch.search.fetch.StoredFieldsSpec;
import org.vidvec.moments.Segment;

/** Adds to each hit the segments that answer {@code ext.vidvec.moments}. */
public final class MomentsPhase implements FetchSubPhase {

    @Override
    public FetchSubPhaseProcessor getProcessor(FetchContext context) {
        if (context.getSearchExt(VidvecSearchExt.NAME) instanceof VidvecSearchExt ext) {
            return new Processor(ext, new HitWindows(context.getSearchExecutionContext(), ext));
        }
        return null;
    }

    private record Processor(VidvecSearchExt ext, HitWindows windows)
            implements FetchSubPhaseProcessor {

        @Override
        public void setNextReader(LeafReaderContext leaf) throws IOException {
            windows.open(leaf);
        }

        @Override
        public void process(HitContext hit) throws IOException {
            // inner hits are parts of a hit themselves
            if (hit.hit().getNestedIdentity() != null) {
                return;
            }
            List<Segment> segments = windows.segments(hit.docId());
            List<Object> values = segments.stream().<Object>map(Processor::json).toList();
            hit.hit().setDocumentField(new DocumentField(ext.moments().path(), values));
        }

        private static Map<String, Object> json(Segment segment) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("start", segment.start());
            json.put("end", segment.end());
            json.put("score", (float) segment.score());
            json.put("seed", segment.seed());
            json.put("windows", segment.windows());
            return json;
        }

        @Override
        public StoredFieldsSpec storedFieldsSpec() {
            return StoredFieldsSpec.NO_REQUIREMENTS;
        }
    }
}
