package org.vidvec.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.elasticsearch.index.fieldvisitor.LeafStoredFieldLoader;
import org.elasticsearch.index.fieldvisitor.StoredFieldLoader;
import org.elasticsearch.index.mapper.IdFieldMapper;
import org.elasticsearch.index.mapper.SourceLoader;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.vidvec.action.InputSpec;

/**
 * Reads what is judged of each hit out of {@code _source}, segment by segment in the order of doc
 * ids. Only the paths of {@link StoredMedia} are asked for, so neither vectors nor text are put
 * back together for it; synthetic {@code _source} works the same way.
 */
final class FrameReader {

    // as Elasticsearch's own rescorers do
    private static final int HITS_BETWEEN_CANCELLATION_CHECKS = 10;

    private final SearchExecutionContext context;
    private final StoredMedia media;

    /**
     * @param context of the shard
     * @param field the target field with the frames, or the field with the original
     * @param type what a bare value of it is
     * @param texts which texts are judged beside it
     */
    FrameReader(
            SearchExecutionContext context, String field, InputSpec.Type type, TextWeights texts) {
        this.context = context;
        this.media = new StoredMedia(field, type, isObject(context, field), texts);
    }

    private static boolean isObject(SearchExecutionContext context, String field) {
        // a text with a keyword beside it has names below it too
        return context.getFieldType(field) == null
                && context.getMatchingFieldNames(field + ".*").isEmpty() == false;
    }

    /**
     * Reads all of {@code docs}.
     *
     * @param docs top-level doc ids, ascending
     * @param checkCancelled run every few hits; throws if the search has been cancelled
     * @return as many as docs, in their order
     * @throws IllegalArgumentException if the index keeps no {@code _source}
     */
    List<StoredMedia.Found> read(
            List<LeafReaderContext> leaves, int[] docs, Runnable checkCancelled)
            throws IOException {
        if (context.isSourceEnabled() == false) {
            throw new IllegalArgumentException(
                    "index ["
                            + context.index().getName()
                            + "] has [_source] disabled, where the frames of ["
                            + media.field()
                            + "] would be; index with [_source] to rescore with [vidvec]");
        }
        SourceLoader sources = context.newSourceLoader(media.filter(), false);
        Set<String> stored = new HashSet<>(sources.requiredStoredFields());
        stored.add(IdFieldMapper.NAME);
        StoredFieldLoader loader = StoredFieldLoader.create(true, stored);
        List<StoredMedia.Found> found = new ArrayList<>(docs.length);
        int next = 0;
        while (next < docs.length) {
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(docs[next], leaves));
            int[] inLeaf = docsOf(leaf, docs, next);
            readLeaf(leaf, inLeaf, loader, sources, found, checkCancelled);
            next += inLeaf.length;
        }
        return found;
    }

    /**
     * Reads one.
     *
     * @param doc in the segment
     * @throws IllegalArgumentException if the index keeps no {@code _source}
     */
    StoredMedia.Found read(LeafReaderContext leaf, int doc) throws IOException {
        return read(List.of(leaf), new int[] {leaf.docBase + doc}, () -> {}).get(0);
    }

    private void readLeaf(
            LeafReaderContext leaf,
            int[] docs,
            StoredFieldLoader loader,
            SourceLoader sources,
            List<StoredMedia.Found> found,
            Runnable checkCancelled)
            throws IOException {
        LeafStoredFieldLoader stored = loader.getLoader(leaf, docs);
        SourceLoader.Leaf source = sources.leaf(leaf.reader(), docs);
        for (int doc : docs) {
            if (found.size() % HITS_BETWEEN_CANCELLATION_CHECKS == 0) {
                checkCancelled.run();
            }
            stored.advanceTo(doc);
            Map<String, Object> map = source.source(stored, doc).source();
            found.add(media.find(context.index().getName() + "/" + stored.id(), map));
        }
    }

    private static int[] docsOf(LeafReaderContext leaf, int[] docs, int from) {
        int end = leaf.docBase + leaf.reader().maxDoc();
        int to = from;
        while (to < docs.length && docs[to] < end) {
            to++;
        }
        int[] inLeaf = new int[to - from];
        for (int i = 0; i < inLeaf.length; i++) {
            inLeaf[i] = docs[from + i] - leaf.docBase;
        }
        return inLeaf;
    }
}
