package org.vidvec.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.join.BitSetProducer;
import org.apache.lucene.util.BitSet;
import org.elasticsearch.common.lucene.search.Queries;
import org.elasticsearch.index.fielddata.IndexNumericFieldData;
import org.elasticsearch.index.fielddata.SortedNumericDoubleValues;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.vidvec.moments.ScoredWindow;
import org.vidvec.moments.Segment;

/**
 * The windows of a hit with their scores: nested documents lie right before theirs, so all of them
 * are read in one go, from doc values and the vectors themselves (not their quantised forms).
 */
final class HitWindows {

    private final SearchExecutionContext context;
    private final VidvecSearchExt ext;
    private final BitSetProducer roots;
    private BitSet rootsOfLeaf;
    private FloatVectorValues vectors;
    private SortedNumericDoubleValues starts;
    private SortedNumericDoubleValues ends;

    HitWindows(SearchExecutionContext context, VidvecSearchExt ext) {
        this.context = context;
        this.ext = ext;
        this.roots =
                context.bitsetFilter(Queries.newNonNestedFilter(context.indexVersionCreated()));
    }

    /** Goes to the next segment of the index. */
    void open(LeafReaderContext leaf) throws IOException {
        String path = ext.moments().path();
        rootsOfLeaf = roots.getBitSet(leaf);
        vectors = leaf.reader().getFloatVectorValues(ext.moments().embedding());
        if (vectors != null) {
            starts = numbers(leaf, path + ".start");
            ends = numbers(leaf, path + ".end");
        }
    }

    private SortedNumericDoubleValues numbers(LeafReaderContext leaf, String name) {
        MappedFieldType type = context.getFieldType(name);
        if (type == null) {
            throw new IllegalArgumentException(
                    "[vidvec] needs the field ["
                            + name
                            + "] in index ["
                            + context.index().getName()
                            + "]; take the mapping of [GET _vidvec/models/{model_id}/mapping]");
        }
        IndexNumericFieldData data =
                context.getForField(type, MappedFieldType.FielddataOperation.SEARCH);
        return data.load(leaf).getDoubleValues();
    }

    /**
     * The windows of a document; none if it has none.
     *
     * @param doc in the segment
     */
    private List<ScoredWindow> of(int doc) throws IOException {
        List<ScoredWindow> windows = new ArrayList<>();
        if (vectors == null || rootsOfLeaf == null || doc == 0) {
            return windows;
        }
        int before = rootsOfLeaf.prevSetBit(doc - 1);
        KnnVectorValues.DocIndexIterator docs = vectors.iterator();
        for (int child = docs.advance(before + 1); child < doc; child = docs.nextDoc()) {
            if (starts.advanceExact(child) && ends.advanceExact(child)) {
                float[] window = vectors.vectorValue(docs.index());
                windows.add(new ScoredWindow(starts.nextValue(), ends.nextValue(), cosine(window)));
            }
        }
        return windows;
    }

    /**
     * The segments of a document that answer, best first.
     *
     * @param doc in the segment of the index
     */
    List<Segment> segments(int doc) throws IOException {
        return ext.moments().merge().segments(of(doc), ext.moments().size());
    }

    private double cosine(float[] window) {
        float[] query = ext.vector();
        if (query.length != window.length) {
            throw new IllegalArgumentException(
                    "the query has ["
                            + query.length
                            + "] dimensions, but ["
                            + ext.moments().embedding()
                            + "] has ["
                            + window.length
                            + "]; use the model that embedded it");
        }
        double dot = 0;
        double square = 0;
        for (int i = 0; i < query.length; i++) {
            dot += (double) query[i] * window[i];
            square += (double) window[i] * window[i];
        }
        // the query has norm 1
        return square == 0 ? 0 : dot / Math.sqrt(square);
    }
}
