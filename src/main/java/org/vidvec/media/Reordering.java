package org.vidvec.media;

/**
 * How many frames a decoder has to hold back so that they come out in the order of their times: for
 * each, those decoded before it and shown after it.
 */
final class Reordering {

    // H.264 and HEVC hold at most 16 pictures
    private static final int MOST = 16;

    private final long[] latest = new long[MOST + 1];
    private int size;
    private int depth;

    /**
     * @param tick of the next frame in decoding order
     */
    void add(long tick) {
        int later = 0;
        while (later < size && latest[size - 1 - later] > tick) {
            later++;
        }
        depth = Math.max(depth, Math.min(later, MOST));
        if (size == latest.length) {
            // the earliest of so many is out already
            System.arraycopy(latest, 1, latest, 0, --size);
            later = Math.min(later, size);
        }
        System.arraycopy(latest, size - later, latest, size - later + 1, later);
        latest[size - later] = tick;
        size++;
    }

    int depth() {
        return depth;
    }
}
