package org.vidvec.bitstream;

import java.nio.ByteBuffer;

/** What single packets are. */
public final class PacketKinds {

    private PacketKinds() {}

    /**
     * Whether decoding H.264 can begin at a packet, its units behind start codes: elsewhere a
     * picture may be marked that only slowly becomes right.
     */
    public static boolean h264BeginsAnew(ByteBuffer packet) {
        return H264Pictures.beginsAnew(packet);
    }

    /** Whether a packet of VP8 is a picture that is shown (RFC 6386, 9.1). */
    public static boolean vp8IsShown(ByteBuffer packet) {
        return packet.hasRemaining() && (packet.get(0) & 0x10) != 0;
    }
}
