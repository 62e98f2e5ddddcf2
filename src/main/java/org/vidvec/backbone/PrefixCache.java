package org.vidvec.backbone;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;

/**
 * Memories of how sequences begin, for example with a video, so that what follows can be asked
 * again and again; the least recently used is dropped first. Bytes are native memory and never more
 * than the capacity. Thread-safe.
 */
public final class PrefixCache {

    /**
     * What a memory depends on.
     *
     * @param model fingerprint
     * @param content digest of all that the network sees of the prefix
     */
    record Key(String model, String content) {}

    /**
     * Counters since it was made.
     *
     * @param entries that it holds
     * @param bytes that they take
     * @param hits prefixes that were there, or were being computed by another call
     * @param misses prefixes that had to be computed
     * @param evictions prefixes that were dropped for others
     */
    public record Stats(long entries, long bytes, long hits, long misses, long evictions) {}

    /** A memory that is there or being computed, held until it is released. */
    static final class Entry {
        private final Key key;
        private final long bytes;
        private final CompletableFuture<KeyValues> memory = new CompletableFuture<>();
        private int users = 1;
        private boolean dropped;

        private Entry(Key key, long bytes) {
            this.key = key;
            this.bytes = bytes;
        }

        CompletableFuture<KeyValues> memory() {
            return memory;
        }
    }

    /**
     * Someone's hold on an entry.
     *
     * @param isNew whether it is for this caller to complete its memory
     */
    record Claim(Entry entry, boolean isNew) {}

    private final long capacityBytes;
    private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private long hits;
    private long misses;
    private long evictions;

    /**
     * @param capacityBytes 0 to keep nothing
     */
    public PrefixCache(long capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    /** A hold on an entry, to be released; null if there is no room beside those in use. */
    synchronized Claim claim(Key key, long size) {
        Entry found = entries.get(key);
        if (found != null) {
            hits++;
            found.users++;
            return new Claim(found, false);
        }
        misses++;
        if (makeRoom(size) == false) {
            return null;
        }
        Entry entry = new Entry(key, size);
        entries.put(key, entry);
        bytes += size;
        return new Claim(entry, true);
    }

    private boolean makeRoom(long size) {
        if (size > capacityBytes) {
            return false;
        }
        Iterator<Entry> oldest = entries.values().iterator();
        while (bytes + size > capacityBytes && oldest.hasNext()) {
            Entry entry = oldest.next();
            if (entry.users == 0) {
                oldest.remove();
                evictions++;
                free(entry);
            }
        }
        return bytes + size <= capacityBytes;
    }

    /** Gives a hold back; an entry whose memory was not completed is forgotten. */
    synchronized void release(Claim claim) {
        Entry entry = claim.entry();
        entry.users--;
        boolean empty = entry.memory.isDone() == false || entry.memory.isCompletedExceptionally();
        if (claim.isNew() && empty) {
            entry.memory.cancel(false);
            if (entry.dropped == false) {
                entry.dropped = true;
                entries.remove(entry.key);
            }
        }
        if (entry.dropped && entry.users == 0) {
            free(entry);
        }
    }

    /** Drops all of a model, for example because it is unloaded. */
    synchronized void drop(String model) {
        for (Entry entry : new ArrayList<>(entries.values())) {
            if (entry.key.model().equals(model)) {
                entries.remove(entry.key);
                entry.dropped = true;
                if (entry.users == 0) {
                    free(entry);
                }
            }
        }
    }

    private void free(Entry entry) {
        bytes -= entry.bytes;
        if (entry.memory.isDone() && entry.memory.isCompletedExceptionally() == false) {
            entry.memory.join().close();
        }
    }

    /** How it has done. */
    public synchronized Stats stats() {
        return new Stats(entries.size(), bytes, hits, misses, evictions);
    }
}
