package org.vidvec.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of an animated WebP (RFC 9649, section 2.7), found by walking over its chunks; FFmpeg
 * decodes the pictures in it, but not how they follow each other.
 *
 * @param width of the canvas in pixels
 * @param height of the canvas in pixels
 * @param parts in the order in which they are shown
 * @param damaged whether the file ends before its last part does
 */
record WebpAnimation(int width, int height, List<Part> parts, boolean damaged) {

    private static final int RIFF_HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int PART_HEADER = 16;

    /**
     * A picture that is drawn on the canvas.
     *
     * @param x left edge on the canvas
     * @param y upper edge on the canvas
     * @param width in pixels
     * @param height in pixels
     * @param millis how long it is shown
     * @param blends whether what lies below shines through
     * @param disposes whether its place is cleared after it was shown
     * @param position of its chunks in the file
     * @param length of its chunks in bytes
     */
    record Part(
            int x,
            int y,
            int width,
            int height,
            int millis,
            boolean blends,
            boolean disposes,
            long position,
            int length) {}

    /**
     * Reads the headers of all chunks, no picture.
     *
     * @param mostParts where the walk ends
     * @throws MediaException if the file can't be read
     */
    static WebpAnimation of(MediaSource source, int mostParts, Deadline deadline)
            throws MediaException {
        try {
            ByteBuffer canvas = bytes(source, RIFF_HEADER + CHUNK_HEADER, 10);
            int width = 1 + u24(canvas, 4);
            int height = 1 + u24(canvas, 7);
            List<Part> parts = new ArrayList<>();
            boolean damaged = false;
            long at = RIFF_HEADER;
            while (at + CHUNK_HEADER <= source.size() && parts.size() < mostParts) {
                deadline.check();
                ByteBuffer chunk = bytes(source, at, CHUNK_HEADER + PART_HEADER);
                long length = Integer.toUnsignedLong(chunk.getInt(4));
                String type = new String(chunk.array(), 0, 4, StandardCharsets.ISO_8859_1);
                boolean whole = at + CHUNK_HEADER + length <= source.size();
                if (type.equals("ANMF") && length >= PART_HEADER && whole) {
                    parts.add(part(chunk, at + CHUNK_HEADER + PART_HEADER, (int) length));
                }
                damaged |= !whole;
                // chunks are padded to even lengths
                at += CHUNK_HEADER + length + (length & 1);
            }
            return new WebpAnimation(width, height, List.copyOf(parts), damaged);
        } catch (IOException e) {
            throw Refusals.unreadable(source.name(), e);
        }
    }

    private static Part part(ByteBuffer chunk, long position, int length) {
        int flags = chunk.get(CHUNK_HEADER + 15);
        return new Part(
                2 * u24(chunk, CHUNK_HEADER),
                2 * u24(chunk, CHUNK_HEADER + 3),
                1 + u24(chunk, CHUNK_HEADER + 6),
                1 + u24(chunk, CHUNK_HEADER + 9),
                u24(chunk, CHUNK_HEADER + 12),
                (flags & 2) == 0,
                (flags & 1) != 0,
                position,
                length - PART_HEADER);
    }

    /** Whether the picture lies on the canvas. */
    boolean holds(Part part) {
        return part.x + part.width <= width && part.y + part.height <= height;
    }

    /**
     * A part as a file of its own: with the chunk that announces transparency (VP8X) where an ALPH
     * chunk follows.
     */
    static byte[] still(MediaSource source, Part part) throws IOException {
        ByteBuffer chunks = bytes(source, part.position, part.length);
        boolean alpha = part.length >= 4 && chunks.get(0) == 'A' && chunks.get(1) == 'L';
        int head = RIFF_HEADER + (alpha ? CHUNK_HEADER + 10 : 0);
        ByteBuffer file = ByteBuffer.allocate(head + part.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(file.capacity() - 8).put(ascii("WEBP"));
        if (alpha) {
            file.put(ascii("VP8X")).putInt(10).putInt(0x10);
            putU24(file, part.width - 1);
            putU24(file, part.height - 1);
        }
        return file.put(chunks.array()).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void putU24(ByteBuffer buffer, int value) {
        buffer.put((byte) value).put((byte) (value >> 8)).put((byte) (value >> 16));
    }

    private static int u24(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at)) | (bytes.get(at + 2) & 255) << 16;
    }

    /** What lies there; zeros behind the end. */
    private static ByteBuffer bytes(MediaSource source, long position, int length)
            throws IOException {
        byte[] bytes = new byte[length];
        int n = 0;
        while (n < length) {
            int r = source.read(position + n, bytes, n, length - n);
            if (r < 0) {
                break;
            }
            n += r;
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
