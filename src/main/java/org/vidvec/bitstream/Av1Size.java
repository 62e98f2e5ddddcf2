package org.vidvec.bitstream;

import java.nio.ByteBuffer;

/**
 * The largest frame that an AV1 packet announces (AV1 specification, 5.5.1). A decoder takes memory
 * for it before it has seen a frame.
 */
public final class Av1Size {

    private static final int SEQUENCE = 1;

    private Av1Size() {}

    /**
     * @param packet low-overhead units
     * @return width x height in pixels; 0 if it announces none that can be followed
     */
    public static long pixels(ByteBuffer packet) {
        long most = 0;
        try {
            while (packet.hasRemaining()) {
                int head = packet.get();
                packet.position(packet.position() + ((head & 4) != 0 ? 1 : 0));
                int size = (head & 2) != 0 ? Av1Pictures.size(packet) : packet.remaining();
                if ((head >> 3 & 15) == SEQUENCE) {
                    ByteBuffer unit = packet.slice(packet.position(), size);
                    most = Math.max(most, sequence(new Bits(unit)));
                }
                packet.position(packet.position() + size);
            }
        } catch (RuntimeException e) {
            // broken off: what came before counts
            return most;
        }
        return most;
    }

    private static long sequence(Bits bits) {
        bits.skip(3 + 1);
        if (bits.flag()) {
            // a still picture's short form: its level
            bits.skip(5);
        } else {
            operatingPoints(
                    bits, bits.flag() && Av1Sequence.decoderModel(bits) ? delayBits(bits) : 0);
        }
        int widthBits = bits.read(4) + 1;
        int heightBits = bits.read(4) + 1;
        return (bits.read(widthBits) + 1L) * (bits.read(heightBits) + 1L);
    }

    private static int delayBits(Bits bits) {
        int delay = bits.read(5) + 1;
        bits.skip(32 + 5 + 5);
        return delay;
    }

    /**
     * @param delayBits 0 without a model of the decoder
     */
    private static void operatingPoints(Bits bits, int delayBits) {
        boolean delays = bits.flag();
        int points = bits.read(5) + 1;
        for (int i = 0; i < points; i++) {
            bits.skip(12);
            bits.skip(bits.read(5) > 7 ? 1 : 0);
            bits.skip(delayBits > 0 && bits.flag() ? 2 * delayBits + 1 : 0);
            bits.skip(delays && bits.flag() ? 4 : 0);
        }
    }
}
