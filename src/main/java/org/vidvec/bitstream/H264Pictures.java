package org.vidvec.bitstream;

import java.nio.ByteBuffer;

/** H.264: {@code nal_ref_idc} of a slice says whether its picture is kept (ITU-T H.264, 7.4.1). */
final class H264Pictures extends Unreferenced {

    private static final int INSTANT_REFRESH = 5;

    private final int lengthBytes;

    /**
     * @param lengthBytes of the number before each unit, 1 to 4, or {@link NalUnits#START_CODES}
     */
    H264Pictures(int lengthBytes) {
        this.lengthBytes = lengthBytes;
    }

    @Override
    boolean unreferenced(ByteBuffer packet) {
        boolean slices = false;
        while (packet.hasRemaining()) {
            int head = NalUnits.next(packet, lengthBytes).get();
            int type = head & 31;
            boolean slice = type >= 1 && type <= INSTANT_REFRESH;
            if (slice ? (head >> 5 & 3) != 0 : !droppable(type)) {
                return false;
            }
            slices |= slice;
        }
        return slices;
    }

    /** Whether decoding can begin at a packet: its picture is an IDR picture. */
    static boolean beginsAnew(ByteBuffer packet) {
        while (packet.hasRemaining()) {
            ByteBuffer unit = NalUnits.next(packet, NalUnits.START_CODES);
            if (unit.hasRemaining() && (unit.get() & 31) == INSTANT_REFRESH) {
                return true;
            }
        }
        return false;
    }

    /** Messages, delimiters and fillers; not parameter sets, which later pictures use. */
    private static boolean droppable(int type) {
        return type == 6 || type == 9 || type == 12;
    }
}
