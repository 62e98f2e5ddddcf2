package org.vidvec.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The size that the header of a still picture states, read without a decoder, so that a picture
 * bomb is refused by its numbers.
 *
 * @param width in pixels; 0 if not known
 * @param height in pixels; 0 if not known
 */
record StoredSize(long width, long height) {

    private static final StoredSize UNKNOWN = new StoredSize(0, 0);

    private static final int HEAD_BYTES = 30;

    // as little-endian numbers
    private static final int WEBP = 'W' | 'E' << 8 | 'B' << 16 | 'P' << 24;
    private static final int VP8 = 'V' | 'P' << 8 | '8' << 16 | ' ' << 24;
    private static final int VP8L = 'V' | 'P' << 8 | '8' << 16 | 'L' << 24;
    private static final int VP8X = 'V' | 'P' << 8 | '8' << 16 | 'X' << 24;

    // more segments than that before the picture are no camera's work
    private static final int MOST_SEGMENTS = 100;

    /** Of a PNG, GIF, BMP, WebP or JPEG; of anything else nothing is known. */
    static StoredSize of(MediaSource source) throws MediaException {
        try {
            ByteBuffer head = ByteBuffer.wrap(bytes(source, 0, HEAD_BYTES));
            ByteBuffer little = head.duplicate().order(ByteOrder.LITTLE_ENDIAN);
            return switch (u16(head.array(), 0)) {
                case 0x8950 -> new StoredSize(u32(head.array(), 16), u32(head.array(), 20));
                case 0x4749 -> new StoredSize(u16(little, 6), u16(little, 8));
                case 0x424d ->
                        new StoredSize(Math.abs(little.getInt(18)), Math.abs(little.getInt(22)));
                case 0x5249 -> webp(little);
                case 0xffd8 -> jpeg(source);
                default -> UNKNOWN;
            };
        } catch (IOException e) {
            throw Refusals.unreadable(source.name(), e);
        }
    }

    /** RFC 9649, sections 2.5 to 2.7: lossy, lossless, or a canvas. */
    private static StoredSize webp(ByteBuffer little) {
        if (little.getInt(8) != WEBP) {
            return UNKNOWN;
        }
        return switch (little.getInt(12)) {
            case VP8 -> new StoredSize(u16(little, 26) & 0x3fff, u16(little, 28) & 0x3fff);
            case VP8L -> {
                int sides = little.getInt(21);
                yield new StoredSize(1 + (sides & 0x3fff), 1 + (sides >> 14 & 0x3fff));
            }
            case VP8X ->
                    new StoredSize(
                            1 + (little.getInt(24) & 0xffffff), 1 + (little.getInt(26) >>> 8));
            default -> UNKNOWN;
        };
    }

    private static int u16(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    /** Walks the segments to the start of frame (ITU T.81, table B.1: C0 to CF less C4, C8, CC). */
    private static StoredSize jpeg(MediaSource source) throws IOException {
        long at = 2;
        for (int i = 0; i < MOST_SEGMENTS; i++) {
            byte[] segment = bytes(source, at, 9);
            int marker = segment[1] & 255;
            boolean frame =
                    marker >= 0xc0
                            && marker <= 0xcf
                            && marker != 0xc4
                            && marker != 0xc8
                            && marker != 0xcc;
            if (frame) {
                return new StoredSize(u16(segment, 7), u16(segment, 5));
            }
            if ((segment[0] & 255) != 0xff) {
                return UNKNOWN;
            }
            at += 2 + u16(segment, 2);
        }
        return UNKNOWN;
    }

    /** What lies there; zeros behind the end. */
    private static byte[] bytes(MediaSource source, long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        int n = 0;
        while (n < length) {
            int r = source.read(position + n, bytes, n, length - n);
            if (r < 0) {
                return bytes;
            }
            n += r;
        }
        return bytes;
    }

    private static int u16(byte[] bytes, int at) {
        return (bytes[at] & 255) << 8 | bytes[at + 1] & 255;
    }

    private static long u32(byte[] bytes, int at) {
        return (long) u16(bytes, at) << 16 | u16(bytes, at + 2);
    }

    /**
     * @throws MediaException if that is more than allowed
     */
    void check(String name, MediaLimits limits) throws MediaException {
        if (width * height > limits.maxPixels()) {
            throw Refusals.tooManyPixels(name, width, height, limits);
        }
    }
}
