package org.vidvec.bitstream;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Reads numbers bit by bit, the highest first. */
final class Bits {

    private final ByteBuffer bytes;
    private int position;

    /**
     * @param bytes from 0 to the limit
     */
    Bits(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /**
     * @param bits 0 to 32
     * @throws BufferUnderflowException behind the end
     */
    int read(int bits) {
        int value = 0;
        for (int i = 0; i < bits; i++, position++) {
            if (position >> 3 >= bytes.limit()) {
                throw new BufferUnderflowException();
            }
            value = value << 1 | bytes.get(position >> 3) >> (7 - (position & 7)) & 1;
        }
        return value;
    }

    boolean flag() {
        return read(1) == 1;
    }

    void skip(int bits) {
        position += bits;
    }
}
