package org.vidvec.inference;

import java.util.LinkedHashMap;
import java.util.Map;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.Embedding;

/** Embeddings of text queries, the least recently used dropped first. */
final class QueryCache {

    /**
     * What a vector depends on.
     *
     * @param fingerprint of the model
     * @param input texts, instruction and role
     */
    record Key(String fingerprint, EmbedInput input) {}

    // of the two maps' entries and the records, rounded up
    private static final long ENTRY_BYTES = 256;

    private final long capacityBytes;
    private final LinkedHashMap<Key, Embedding> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private long hits;
    private long misses;
    private long evictions;

    QueryCache(long capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    /** The embedding, or null. */
    synchronized Embedding get(Key key) {
        Embedding found = entries.get(key);
        if (found == null) {
            misses++;
        } else {
            hits++;
        }
        return found;
    }

    synchronized void put(Key key, Embedding embedding) {
        long size = size(key, embedding);
        if (size > capacityBytes || entries.containsKey(key)) {
            return;
        }
        entries.put(key, embedding);
        bytes += size;
        var oldest = entries.entrySet().iterator();
        while (bytes > capacityBytes) {
            Map.Entry<Key, Embedding> dropped = oldest.next();
            bytes -= size(dropped.getKey(), dropped.getValue());
            oldest.remove();
            evictions++;
        }
    }

    synchronized InferenceStats.Cache snapshot() {
        return new InferenceStats.Cache(hits, misses, evictions, bytes);
    }

    private static long size(Key key, Embedding embedding) {
        // the input's strings, two bytes a character at most
        return ENTRY_BYTES + 2L * key.input().toString().length() + 4L * embedding.vector().length;
    }
}
