package org.vidvec.media;

import java.io.IOException;

/**
 * The size that the header of a still picture states, read without a decoder, so that a picture
 * bomb is refused by its numbers.
 *
 * @param width in pixels; 0 if not known
 * @param height in pixels; 0 if not known
 */
record StoredSize(long width, long height) {

    private static final StoredSize UNKNOWN = new StoredSize(0, 0);

    // more segments than that before the picture are no camera's work
    private static final int MOST_SEGMENTS = 100;

    /** Of a PNG, GIF or JPEG; of anything else nothing is known. */
    static StoredSize of(MediaSource source) throws MediaException {
        try {
            byte[] head = bytes(source, 0, 24);
            if (u16(head, 0) == 0x8950) {
                return new StoredSize(u32(head, 16), u32(head, 20));
            }
            if (u16(head, 0) == 0x4749) {
                // GIF is little-endian
                return new StoredSize(
                        Short.toUnsignedInt(Short.reverseBytes((short) u16(head, 6))),
                        Short.toUnsignedInt(Short.reverseBytes((short) u16(head, 8))));
            }
            return u16(head, 0) == 0xffd8 ? jpeg(source) : UNKNOWN;
        } catch (IOException e) {
            throw Refusals.unreadable(source.name(), e);
        }
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
