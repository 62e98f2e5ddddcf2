package org.vidvec.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where an MP4 keeps its media: the contents of the {@code mdat} boxes at its top level (ISO
 * 14496-12). When and how long its packets are stands in other boxes, so who only wants to know
 * that need not read these.
 *
 * @param ends end of each box by the position at which its content begins
 */
record MediaDataBoxes(TreeMap<Long, Long> ends) {

    // fragments of one second in four hours
    private static final int MOST_BOXES = 30_000;

    private static final long TO_THE_END = 0;
    private static final long LARGE = 1;

    /**
     * @throws MediaException if the bytes can't be had
     */
    static MediaDataBoxes of(MediaSource source) throws MediaException {
        TreeMap<Long, Long> ends = new TreeMap<>();
        long at = 0;
        try {
            for (int i = 0; i < MOST_BOXES && at + 8 < source.size(); i++) {
                ByteBuffer head = head(source, at);
                long size = Integer.toUnsignedLong(head.getInt(0));
                long content = at + (size == LARGE ? 16 : 8);
                long end =
                        size == TO_THE_END
                                ? source.size()
                                : at + (size == LARGE ? head.getLong(8) : size);
                if (end < content || end > source.size()) {
                    break;
                }
                if (head.getInt(4) == 0x6d646174) {
                    ends.put(content, end);
                }
                at = end;
            }
        } catch (IOException e) {
            throw Refusals.unreadable(source.name(), e);
        }
        return new MediaDataBoxes(ends);
    }

    private static ByteBuffer head(MediaSource source, long at) throws IOException {
        byte[] head = new byte[16];
        int n = 0;
        for (int r = 0; n < head.length && r >= 0; n += Math.max(r, 0)) {
            r = source.read(at + n, head, n, head.length - n);
        }
        return ByteBuffer.wrap(head);
    }

    /** How many bytes from a position on are media; 0 if it is none. */
    long mediaFrom(long position) {
        Map.Entry<Long, Long> box = ends.floorEntry(position);
        return box == null ? 0 : Math.max(0, box.getValue() - position);
    }

    /** How many bytes from a position on are none. */
    long othersFrom(long position) {
        Long next = ends.ceilingKey(position);
        return next == null ? Long.MAX_VALUE : next - position;
    }
}
