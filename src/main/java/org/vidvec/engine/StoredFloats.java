package org.vidvec.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Reads weights of safetensors files into Java, as float32; needs no natives. */
public final class StoredFloats {

    private StoredFloats() {}

    /**
     * The values of a weight, row by row.
     *
     * @param entry stored as F32, F16 or BF16, at most 2^31 - 1 bytes
     * @throws CheckpointException if it is stored otherwise, or the file can't be read
     */
    public static float[] read(WeightEntry entry) throws CheckpointException {
        if (entry.type().isCompute() == false) {
            throw new CheckpointException(
                    "tensor ["
                            + entry.name()
                            + "] of ["
                            + entry.file()
                            + "] is stored as ["
                            + entry.type()
                            + "]; supported are [F32], [F16] and [BF16]");
        }
        ByteBuffer bytes = bytes(entry);
        float[] values = new float[Math.toIntExact(entry.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    switch (entry.type()) {
                        case F16 -> Float.float16ToFloat(bytes.getShort());
                        case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
                        default -> bytes.getFloat();
                    };
        }
        return values;
    }

    private static ByteBuffer bytes(WeightEntry entry) throws CheckpointException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(entry.bytes()));
        try (FileChannel channel = FileChannel.open(entry.file())) {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, entry.offset() + buffer.position()) < 0) {
                    throw new CheckpointException("[" + entry.file() + "] ends early");
                }
            }
        } catch (IOException e) {
            throw new CheckpointException("can't read [" + entry.file() + "]: " + e, e);
        }
        return buffer.flip().order(ByteOrder.LITTLE_ENDIAN);
    }
}
