package org.vidvec.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A real MP4 whose chunks lie far apart in a media box of gigabytes, as beside tracks that nobody
 * reads. Its bytes are made when they are asked for.
 */
final class SpreadMp4 implements MediaSource {

    private record Piece(byte[] bytes, int from, int to) {}

    private final TreeMap<Long, Piece> pieces = new TreeMap<>();
    private final long size;

    /**
     * @param file a whole MP4 of less than 2 GB
     * @param gap bytes from the start of one chunk to that of the next; all in all less than 4 GB
     * @param indexFirst whether the index stands before the media
     */
    SpreadMp4(byte[] file, int gap, boolean indexFirst) {
        byte[] moov = box(file, "moov");
        TreeMap<Integer, Integer> chunks = chunks(file, moov);
        long media = (long) gap * chunks.size() + 16;
        long mdat = 32 + (indexFirst ? moov.length : 0);
        pieces.put(
                0L,
                whole(
                        ByteBuffer.allocate(32)
                                .putInt(32)
                                .put("ftypisom".getBytes(StandardCharsets.US_ASCII))
                                .array()));
        pieces.put(
                mdat,
                whole(
                        ByteBuffer.allocate(16)
                                .putInt(1)
                                .put("mdat".getBytes(StandardCharsets.US_ASCII))
                                .putLong(media)
                                .array()));
        TreeMap<Integer, Long> moved = new TreeMap<>();
        for (Map.Entry<Integer, Integer> chunk : chunks.entrySet()) {
            long at = mdat + 16 + (long) gap * moved.size();
            moved.put(chunk.getKey(), at);
            pieces.put(at, new Piece(file, chunk.getKey(), chunk.getValue()));
        }
        patch(moov, moved);
        pieces.put(indexFirst ? 32 : mdat + media, whole(moov));
        this.size = 32 + moov.length + media;
    }

    private static Piece whole(byte[] bytes) {
        return new Piece(bytes, 0, bytes.length);
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

    @Override
    public String name() {
        return "spread.mp4";
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
        if (position >= size) {
            return -1;
        }
        Map.Entry<Long, Piece> here = pieces.floorEntry(position);
        Piece piece = here.getValue();
        long end = here.getKey() + piece.to - piece.from;
        if (position < end) {
            int n = (int) Math.min(length, end - position);
            int from = piece.from + (int) (position - here.getKey());
            System.arraycopy(piece.bytes, from, target, offset, n);
            return n;
        }
        Long next = pieces.higherKey(position);
        int n = (int) Math.min(length, (next == null ? size : next) - position);
        Arrays.fill(target, offset, offset + n, (byte) 0);
        return n;
    }
}
