package org.vidvec.bitstream;

import java.nio.ByteBuffer;

/**
 * HEVC: pictures of the types {@code *_N} are not referred to within their temporal layer (ITU-T
 * H.265, 7.4.2.2), so that those of the highest layer are not referred to at all.
 */
final class HevcPictures extends Unreferenced {

    private static final int LAST_PAIR = 14;
    private static final int FIRST_OTHER = 32;

    private final int lengthBytes;
    private final int highestLayer;
    private boolean sound = true;

    /**
     * @param lengthBytes of the number before each unit, 1 to 4
     * @param highestLayer temporal, from 0
     */
    HevcPictures(int lengthBytes, int highestLayer) {
        this.lengthBytes = lengthBytes;
        this.highestLayer = highestLayer;
    }

    @Override
    boolean unreferenced(ByteBuffer packet) {
        boolean slices = false;
        boolean referenced = false;
        while (packet.hasRemaining()) {
            ByteBuffer unit = NalUnits.next(packet, lengthBytes);
            int head = unit.getShort();
            int type = head >> 9 & 63;
            int layer = (head & 7) - 1;
            sound &= layer <= highestLayer;
            if (type < FIRST_OTHER) {
                slices = true;
                referenced |= type > LAST_PAIR || type % 2 == 1 || layer != highestLayer;
                referenced |= (head >> 3 & 63) != 0;
            } else {
                referenced |= !droppable(type);
            }
        }
        return slices && !referenced;
    }

    /** Delimiters, fillers and messages; not parameter sets, which later pictures use. */
    private static boolean droppable(int type) {
        return type == 35 || type >= 38 && type <= 40;
    }

    @Override
    public boolean sound() {
        return sound;
    }
}
