package org.vidvec.bitstream;

import java.nio.ByteBuffer;

/** MPEG-4 part 2: nothing is predicted from a B picture (ISO 14496-2, 6.3.5). */
final class Mpeg4Pictures extends Unreferenced {

    private static final int PICTURE = 0x1b6;
    private static final int BIDIRECTIONAL = 2;

    @Override
    boolean unreferenced(ByteBuffer packet) {
        int pictures = 0;
        boolean referenced = false;
        for (int i = 0; i + 4 < packet.limit(); i++) {
            if (packet.get(i) == 0 && packet.getInt(i) == PICTURE) {
                pictures++;
                referenced |= (packet.get(i + 4) >> 6 & 3) != BIDIRECTIONAL;
            }
        }
        return pictures == 1 && !referenced;
    }
}
