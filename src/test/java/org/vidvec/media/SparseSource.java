package org.vidvec.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** A few pieces of bytes in gigabytes of zeros, which are made when they are asked for. */
public final class SparseSource implements MediaSource {

    private record Piece(byte[] bytes, int from, int to) {}

    private final String name;
    private final TreeMap<Long, Piece> pieces = new TreeMap<>();
    private long size;

    SparseSource(String name) {
        this.name = name;
    }

    /**
     * Bytes {@code from} to {@code to} of an array at a position; the file reaches to their end.
     */
    void put(long position, byte[] bytes, int from, int to) {
        pieces.put(position, new Piece(bytes, from, to));
        size = Math.max(size, position + to - from);
    }

    void put(long position, byte[] bytes) {
        put(position, bytes, 0, bytes.length);
    }

    /** As a file whose zeros take no room. */
    public void write(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (Map.Entry<Long, Piece> at : pieces.entrySet()) {
                Piece piece = at.getValue();
                ByteBuffer bytes = ByteBuffer.wrap(piece.bytes, piece.from, piece.to - piece.from);
                channel.write(bytes, at.getKey());
            }
        }
    }

    @Override
    public String name() {
        return name;
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
        int wanted = (int) Math.min(length, size - position);
        Arrays.fill(target, offset, offset + wanted, (byte) 0);
        Long first = pieces.floorKey(position);
        for (Map.Entry<Long, Piece> at :
                pieces.subMap(first == null ? 0 : first, true, position + wanted, false)
                        .entrySet()) {
            Piece piece = at.getValue();
            long from = Math.max(position, at.getKey());
            long to = Math.min(position + wanted, at.getKey() + piece.to - piece.from);
            if (from < to) {
                System.arraycopy(
                        piece.bytes,
                        piece.from + (int) (from - at.getKey()),
                        target,
                        offset + (int) (from - position),
                        (int) (to - from));
            }
        }
        return wanted;
    }
}
