package org.vidvec.bitstream;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Finds packets whose only picture is shown and no other picture refers to. */
public abstract class Unreferenced {

    /**
     * @param packet of the stream, all in decoding order; its position may change
     * @return false also where the packet can't be followed
     */
    public final boolean test(ByteBuffer packet) {
        try {
            return unreferenced(packet);
        } catch (BufferUnderflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException e) {
            return false;
        }
    }

    abstract boolean unreferenced(ByteBuffer packet);

    /** False once a packet shows that those before it were not judged rightly. */
    public boolean sound() {
        return true;
    }

    /**
     * H.264 in packets of length-prefixed units (ISO 14496-15), or of units behind start codes.
     *
     * @param header the stream's {@code avcC}; anything else means start codes
     */
    public static Unreferenced h264(ByteBuffer header) {
        boolean lengths = header.limit() > 4 && header.get(0) == 1;
        return new H264Pictures(lengths ? (header.get(4) & 3) + 1 : NalUnits.START_CODES);
    }

    /**
     * HEVC in packets of length-prefixed units (ISO 14496-15).
     *
     * @param header the stream's {@code hvcC}
     * @return null if that is none, or does not tell how many temporal layers there are
     */
    public static Unreferenced hevc(ByteBuffer header) {
        if (header.limit() < 23 || header.get(0) != 1) {
            return null;
        }
        int layers = (header.get(21) >> 3) & 7;
        return layers == 0 ? null : new HevcPictures((header.get(21) & 3) + 1, layers - 1);
    }

    /** MPEG-4 part 2, one picture in each packet. */
    public static Unreferenced mpeg4() {
        return new Mpeg4Pictures();
    }

    /**
     * AV1 in temporal units without delimiters.
     *
     * @param header the stream's {@code av1C}, or nothing
     */
    public static Unreferenced av1(ByteBuffer header) {
        return new Av1Pictures(header);
    }
}
