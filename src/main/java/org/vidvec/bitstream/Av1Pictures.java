package org.vidvec.bitstream;

import java.nio.ByteBuffer;

/**
 * AV1: a frame that refreshes none of the eight slots leaves nothing behind, as all that frames
 * take from others (pictures, probabilities, vectors, segments) is taken from slots (AV1
 * specification, 7.20).
 */
final class Av1Pictures extends Unreferenced {

    private static final int SEQUENCE = 1;
    private static final int DELIMITER = 2;
    private static final int FRAME_HEADER = 3;
    private static final int TILES = 4;
    private static final int METADATA = 5;
    private static final int FRAME = 6;
    private static final int PADDING = 15;

    private static final int KEY = 0;
    private static final int INTRA_ONLY = 2;
    private static final int SWITCH = 3;

    private Av1Sequence sequence;

    /**
     * @param header the stream's {@code av1C}: four bytes and units; or nothing
     */
    Av1Pictures(ByteBuffer header) {
        if (header.limit() > 4) {
            test(header.slice(4, header.limit() - 4));
        }
    }

    @Override
    boolean unreferenced(ByteBuffer packet) {
        int frames = 0;
        boolean referenced = false;
        while (packet.hasRemaining()) {
            int head = packet.get();
            boolean layered = (head & 4) != 0;
            packet.position(packet.position() + (layered ? 1 : 0));
            int size = (head & 2) != 0 ? size(packet) : packet.remaining();
            ByteBuffer unit = packet.slice(packet.position(), size);
            packet.position(packet.position() + size);
            int type = head >> 3 & 15;
            if (type == FRAME || type == FRAME_HEADER) {
                frames++;
                referenced |= layered || sequence == null || !last(new Bits(unit));
            } else if (type == SEQUENCE) {
                sequence = Av1Sequence.read(new Bits(unit));
                referenced = true;
            } else {
                referenced |= !droppable(type);
            }
        }
        return frames == 1 && !referenced;
    }

    private static boolean droppable(int type) {
        return type == DELIMITER || type == TILES || type == METADATA || type == PADDING;
    }

    /** {@code leb128}. */
    static int size(ByteBuffer packet) {
        long size = 0;
        for (int i = 0; i < 8; i++) {
            int next = packet.get();
            size |= (long) (next & 127) << (7 * i);
            if (next >= 0) {
                break;
            }
        }
        if (size > packet.remaining()) {
            throw new IllegalArgumentException("a unit of [" + size + "] bytes");
        }
        return (int) size;
    }

    /** Whether a frame is shown and refreshes no slot: {@code uncompressed_header}, 5.9.2. */
    private boolean last(Bits bits) {
        boolean shownBefore = bits.flag();
        int type = bits.read(2);
        boolean shown = bits.flag();
        if (!sequence.simple() || shownBefore || !shown || type == KEY || type == SWITCH) {
            return false;
        }
        boolean resilient = bits.flag();
        bits.skip(1);
        boolean screen =
                sequence.screenTools() == Av1Sequence.SELECT
                        ? bits.flag()
                        : sequence.screenTools() == 1;
        bits.skip(screen && sequence.integerVectors() == Av1Sequence.SELECT ? 1 : 0);
        bits.skip(1 + sequence.orderBits());
        bits.skip(type == INTRA_ONLY || resilient ? 0 : 3);
        return bits.read(8) == 0;
    }
}
