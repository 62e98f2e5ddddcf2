package org.vidvec.bitstream;

import java.nio.ByteBuffer;

/**
 * Units of H.264 and HEVC: behind their lengths, as MP4 and Matroska keep them, or behind start
 * codes 0 0 1, as streams do (ITU-T H.264, annex B).
 */
final class NalUnits {

    /** In place of the bytes of a length. */
    static final int START_CODES = 0;

    private NalUnits() {}

    /**
     * Takes the next unit off a packet.
     *
     * @param lengthBytes of the number before it, or {@link #START_CODES}
     * @return empty behind the last start code
     * @throws IllegalArgumentException if it is longer than the packet
     */
    static ByteBuffer next(ByteBuffer packet, int lengthBytes) {
        if (lengthBytes == START_CODES) {
            int start = startCode(packet, packet.position());
            int end = startCode(packet, start + 3);
            return take(packet, Math.min(start + 3, packet.limit()), end);
        }
        int length = 0;
        for (int i = 0; i < lengthBytes; i++) {
            length = length << 8 | packet.get() & 255;
        }
        return take(packet, packet.position(), packet.position() + length);
    }

    private static ByteBuffer take(ByteBuffer packet, int start, int end) {
        ByteBuffer unit = packet.slice(start, end - start);
        packet.position(end);
        return unit;
    }

    /** Where the next one begins, or the end. */
    private static int startCode(ByteBuffer packet, int from) {
        for (int i = from; i + 3 <= packet.limit(); i++) {
            if (packet.get(i + 2) == 1 && packet.get(i) == 0 && packet.get(i + 1) == 0) {
                return i;
            }
        }
        return packet.limit();
    }
}
