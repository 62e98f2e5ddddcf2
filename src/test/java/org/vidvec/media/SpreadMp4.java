package org.vidvec.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** A real MP4 whose chunks lie far apart in a media box of gigabytes, as beside other tracks. */
public final class SpreadMp4 {

    private SpreadMp4() {}

    /**
     * @param file a whole MP4 of less than 2 GB
     * @param gap bytes from one group of chunks to the next; all in all less than 4 GB
     * @param group chunks that lie together
     * @param indexFirst whether the index stands before the media
     */
    public static SparseSource of(byte[] file, int gap, int group, boolean indexFirst) {
        byte[] moov = box(file, "moov");
        TreeMap<Integer, Integer> chunks = chunks(file, moov);
        long media = (long) gap * (chunks.size() / group + 1) + 16;
        long mdat = 32 + (indexFirst ? moov.length : 0);
        SparseSource spread = new SparseSource("spread.mp4");
        spread.put(
                0,
                ByteBuffer.allocate(32)
                        .putInt(32)
                        .put("ftypisom".getBytes(StandardCharsets.US_ASCII))
                        .array());
        spread.put(
                mdat,
                ByteBuffer.allocate(16)
                        .putInt(1)
                        .put("mdat".getBytes(StandardCharsets.US_ASCII))
                        .putLong(media)
                        .array());
        TreeMap<Integer, Long> moved = new TreeMap<>();
        long at = 0;
        for (Map.Entry<Integer, Integer> chunk : chunks.entrySet()) {
            if (moved.size() % group == 0) {
                at = mdat + 16 + (long) gap * (moved.size() / group);
            }
            moved.put(chunk.getKey(), at);
            spread.put(at, file, chunk.getKey(), chunk.getValue());
            at += chunk.getValue() - chunk.getKey();
        }
        patch(moov, moved);
        spread.put(indexFirst ? 32 : mdat + media, moov);
        // nothing stands at the end of the media
        spread.put(mdat + media - 1, new byte[1]);
        return spread;
    }

    private static byte[] box(byte[] file, String type) {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        for (int at = 0; at < file.length; at += buffer.getInt(at)) {
            if (new String(file, at + 4, 4, StandardCharsets.US_ASCII).equals(type)) {
                return Arrays.copyOfRange(file, at, at + buffer.getInt(at));
            }
        }
        throw new AssertionError(type);
    }

    /** Ends of all chunks of all tracks by their starts. */
    private static TreeMap<Integer, Integer> chunks(byte[] file, byte[] moov) {
        TreeMap<Integer, Integer> ends = new TreeMap<>();
        each(moov, (buffer, at) -> ends.put(buffer.getInt(at), 0));
        for (int start : ends.keySet()) {
            Integer next = ends.higherKey(start);
            ends.put(start, next == null ? file.length : next);
        }
        return ends;
    }

    private static void patch(byte[] moov, Map<Integer, Long> moved) {
        each(moov, (buffer, at) -> buffer.putInt(at, moved.get(buffer.getInt(at)).intValue()));
    }

    private interface Entry {
        void at(ByteBuffer buffer, int position);
    }

    /** The entries of each stco: 32-bit positions behind size, type, flags and count. */
    private static void each(byte[] moov, Entry entry) {
        ByteBuffer buffer = ByteBuffer.wrap(moov);
        for (int i = 0; i + 16 < moov.length; i++) {
            if (buffer.getInt(i) == 0x7374636f) {
                for (int k = 0; k < buffer.getInt(i + 8); k++) {
                    entry.at(buffer, i + 12 + 4 * k);
                }
            }
        }
    }
}
