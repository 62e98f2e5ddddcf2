package org.vidvec.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A box at the top level of a file of the MP4 family (ISO 14496-12, section 4.2).
 *
 * @param type its four letters as a big-endian number
 * @param content position of the first byte behind its head
 * @param end position behind its last byte
 */
record FileBox(int type, long content, long end) {

    private static final int HEAD_BYTES = 16;

    private static final long TO_THE_END = 0;
    private static final long LARGE = 1;

    /**
     * Reads nothing but their heads.
     *
     * @param most how many are looked for
     * @return those up to the first that does not fit into the file
     * @throws MediaException if the bytes can't be had
     */
    static List<FileBox> of(MediaSource source, int most) throws MediaException {
        List<FileBox> boxes = new ArrayList<>();
        long at = 0;
        while (boxes.size() < most && at + 8 < source.size()) {
            ByteBuffer head = bytes(source, at, HEAD_BYTES);
            long size = Integer.toUnsignedLong(head.getInt(0));
            long content = at + (size == LARGE ? 16 : 8);
            long end =
                    size == TO_THE_END
                            ? source.size()
                            : at + (size == LARGE ? head.getLong(8) : size);
            if (end < content || end > source.size()) {
                break;
            }
            boxes.add(new FileBox(head.getInt(4), content, end));
            at = end;
        }
        return boxes;
    }

    /**
     * What lies there; zeros behind the end of the file.
     *
     * @throws MediaException if the bytes can't be had
     */
    static ByteBuffer bytes(MediaSource source, long position, int length) throws MediaException {
        byte[] bytes = new byte[length];
        try {
            for (int n = 0, r = 0; n < length && r >= 0; n += Math.max(r, 0)) {
                r = source.read(position + n, bytes, n, length - n);
            }
        } catch (IOException e) {
            throw Refusals.unreadable(source.name(), e);
        }
        return ByteBuffer.wrap(bytes);
    }
}
