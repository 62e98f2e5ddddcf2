package org.vidvec.media;

import java.nio.ByteBuffer;
import org.vidvec.media.MediaException.Reason;

/**
 * Looks at all bytes that FFmpeg is handed while it opens a file, and refuses those of which its
 * MP4 reader can die (decisions/0030): pictures as items, for which it has to come across both an
 * {@code iloc} and an {@code iinf} box, wherever they lie, and compressed headers, in which these
 * can't be seen. Both are looked for by their letters, so nothing has to be known of how FFmpeg
 * finds its way through a damaged file.
 */
final class OpeningWatch {

    private static final int LOCATIONS = 0x696c6f63; // iloc
    private static final int INFOS = 0x69696e66; // iinf
    private static final int COMPRESSED = 0x636d6f76; // cmov

    // cmov, a size, "dcomzlib", a size, cmvd: FFmpeg reads on only if it is so
    private static final int COMPRESSED_HEAD = 24;
    private static final int LOCATIONS_HEAD = 12;

    private final String name;
    // what came last, as a word may begin there
    private byte[] tail = new byte[0];
    private long tailEnd;
    private boolean locations;
    private boolean infos;

    OpeningWatch(String name) {
        this.name = name;
    }

    /**
     * @param position of the bytes in the file
     * @throws MediaException if FFmpeg must not have them
     */
    void look(long position, byte[] bytes, int length) throws MediaException {
        int before = position == tailEnd ? tail.length : 0;
        ByteBuffer seen = ByteBuffer.allocate(before + length);
        seen.put(tail, 0, before).put(bytes, 0, length).flip();
        for (int i = 0; i + 4 <= seen.limit(); i++) {
            byte first = seen.get(i);
            if (first == 'i' || first == 'c') {
                look(seen, i);
            }
        }
        if (locations && infos) {
            throw refusal("it holds pictures as items (HEIF) and does not say so at its start");
        }
        tailEnd = position + length;
        tail = new byte[Math.min(COMPRESSED_HEAD - 1, seen.limit())];
        seen.get(seen.limit() - tail.length, tail);
    }

    private void look(ByteBuffer seen, int at) throws MediaException {
        int word = seen.getInt(at);
        infos |= word == INFOS;
        locations |= word == LOCATIONS && isRead(seen, at);
        if (word == COMPRESSED
                && at + COMPRESSED_HEAD <= seen.limit()
                && seen.getLong(at + 8) == 0x64636f6d7a6c6962L
                && seen.getInt(at + 20) == 0x636d7664) {
            throw refusal("its header is compressed, as early QuickTime files have it");
        }
    }

    /** Whether FFmpeg would take it for locations: chance seldom makes good sizes. */
    private static boolean isRead(ByteBuffer seen, int at) {
        if (at + LOCATIONS_HEAD > seen.limit()) {
            return true;
        }
        boolean indexed = seen.get(at + 4) != 0 && (seen.get(at + 9) & 15) != 0;
        boolean empty = seen.getShort(at + 10) == 0;
        return !indexed
                && (empty
                        || isSize(seen.get(at + 8) >> 4 & 15)
                                && isSize(seen.get(at + 8) & 15)
                                && isSize(seen.get(at + 9) >> 4 & 15));
    }

    private static boolean isSize(int bytes) {
        return bytes <= 2 || bytes == 4 || bytes == 8;
    }

    private MediaException refusal(String why) {
        return new MediaException(
                Reason.UNSUPPORTED,
                "could not decode ["
                        + name
                        + "]: "
                        + why
                        + "; convert it, for example to H.264 in MP4 or to AVIF");
    }
}
