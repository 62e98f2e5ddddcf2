package org.vidvec.model;

/**
 * Beginnings of prompts that are kept, such as the video of a match, since the node started.
 *
 * @param entries that are kept
 * @param bytes of native memory that they take
 * @param hits that were there, or just being computed for another call
 * @param misses that had to be computed
 * @param evictions that were dropped for others
 */
public record PrefixStats(long entries, long bytes, long hits, long misses, long evictions) {

    /** Where nothing is kept. */
    public static final PrefixStats NONE = new PrefixStats(0, 0, 0, 0, 0);
}
