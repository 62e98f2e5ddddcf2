package org.vidvec.media;

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

    private static final int MEDIA_DATA = 0x6d646174;

    /**
     * @throws MediaException if the bytes can't be had
     */
    static MediaDataBoxes of(MediaSource source) throws MediaException {
        TreeMap<Long, Long> ends = new TreeMap<>();
        for (FileBox box : FileBox.of(source, MOST_BOXES)) {
            if (box.type() == MEDIA_DATA) {
                ends.put(box.content(), box.end());
            }
        }
        return new MediaDataBoxes(ends);
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
