package org.vidvec.media;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where a file of pictures keeps its items: the box {@code iloc} of ISO 14496-12, section 8.11.3.
 * FFmpeg 8 reads through a null pointer where an item has no length, in any file with such a box,
 * and takes the process with it; so these are refused before.
 */
final class ItemLocations {

    private static final int BOX = 0x696c6f63;

    // a picture's boxes stand before its data
    private static final int PICTURE_BYTES = 4 << 20;
    private static final int OTHER_BYTES = 64 << 10;

    private ItemLocations() {}

    /**
     * @throws MediaException if an item has no length, or the bytes can't be had
     */
    static void check(MediaSource source, FileKind kind) throws MediaException {
        if (startsWithABox(source) == false) {
            return;
        }
        boolean picture = kind.words().equals(FileKind.AVIF);
        ByteBuffer head = head(source, picture ? PICTURE_BYTES : OTHER_BYTES);
        for (int at = 4; at + 8 <= head.limit(); at++) {
            if (head.getInt(at) == BOX && hasEmptyItem(head.duplicate().position(at + 4))) {
                throw kind.refusal(source.name());
            }
        }
    }

    /** Whether it may be of the MP4 family: a box's name is four letters, behind its size. */
    private static boolean startsWithABox(MediaSource source) throws MediaException {
        ByteBuffer start = head(source, 8);
        boolean letters = start.limit() == 8;
        for (int i = 4; letters && i < 8; i++) {
            letters = Character.isLetter(start.get(i)) || start.get(i) == ' ';
        }
        return letters;
    }

    private static ByteBuffer head(MediaSource source, int most) throws MediaException {
        byte[] head = new byte[(int) Math.min(source.size(), most)];
        int n = 0;
        try {
            for (int r = 0; n < head.length && r >= 0; n += Math.max(r, 0)) {
                r = source.read(n, head, n, head.length - n);
            }
        } catch (IOException e) {
            throw Refusals.unreadable(source.name(), e);
        }
        return ByteBuffer.wrap(Arrays.copyOf(head, n));
    }

    private static boolean hasEmptyItem(ByteBuffer box) {
        try {
            int version = box.getInt() >>> 24;
            int sizes = Short.toUnsignedInt(box.getShort());
            int offsetSize = sizes >> 12;
            int lengthSize = sizes >> 8 & 15;
            int baseSize = sizes >> 4 & 15;
            int indexSize = version == 0 ? 0 : sizes & 15;
            long items = number(box, version < 2 ? 2 : 4);
            for (long i = 0; i < items; i++) {
                // its number, how it is kept, and in which file
                skip(box, (version < 2 ? 2 : 4) + (version == 0 ? 0 : 2) + 2 + baseSize);
                long extents = number(box, 2);
                for (long k = 0; k < extents; k++) {
                    skip(box, indexSize + offsetSize);
                    if (number(box, lengthSize) == 0) {
                        return true;
                    }
                }
            }
            return false;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            // cut off, or these four letters by chance
            return false;
        }
    }

    private static void skip(ByteBuffer box, int bytes) {
        box.position(box.position() + bytes);
    }

    private static long number(ByteBuffer box, int bytes) {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | box.get() & 255;
        }
        return number;
    }
}
