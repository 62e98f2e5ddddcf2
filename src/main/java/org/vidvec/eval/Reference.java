package org.vidvec.eval;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.Safetensors;
import org.vidvec.engine.StoredType;
import org.vidvec.engine.WeightEntry;
import org.vidvec.media.Frame;

/** The tensors of one safetensors file, read without natives. */
final class Reference {

    private static final Set<StoredType> FLOATS =
            EnumSet.of(StoredType.F64, StoredType.F32, StoredType.F16, StoredType.BF16);

    private final Safetensors file;

    private Reference(Safetensors file) {
        this.file = file;
    }

    static Reference open(Path file) throws CheckpointException {
        return new Reference(Safetensors.open(file));
    }

    Set<String> names() {
        return file.entries().keySet();
    }

    boolean has(String name) {
        return file.entries().containsKey(name);
    }

    long[] shape(String name) {
        return file.entries().get(name).shape();
    }

    /** Whether its values are whole numbers, which must be met exactly. */
    boolean isWhole(String name) {
        return FLOATS.contains(file.entries().get(name).type()) == false;
    }

    /** Its values, row by row; whole numbers are exact up to 2^24. */
    float[] values(String name) throws IOException {
        WeightEntry entry = file.entries().get(name);
        ByteBuffer bytes = bytes(entry);
        float[] values = new float[Math.toIntExact(entry.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    switch (entry.type()) {
                        case F64 -> (float) bytes.getDouble();
                        case F32 -> bytes.getFloat();
                        case F16 -> Float.float16ToFloat(bytes.getShort());
                        case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
                        case I64 -> bytes.getLong();
                        case I32 -> bytes.getInt();
                        case I16 -> bytes.getShort();
                        case I8 -> bytes.get();
                        case U8, BOOL -> bytes.get() & 0xff;
                    };
        }
        return values;
    }

    /** Its values as whole numbers. */
    long[] longs(String name) throws IOException {
        float[] values = values(name);
        long[] longs = new long[values.length];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = (long) values[i];
        }
        return longs;
    }

    /** Pieces of a tensor along its first axis. */
    List<float[]> pieces(String name) throws IOException {
        float[] all = values(name);
        int count = Math.toIntExact(shape(name)[0]);
        int size = all.length / count;
        List<float[]> pieces = new ArrayList<>();
        for (int at = 0; at < all.length; at += size) {
            pieces.add(Arrays.copyOfRange(all, at, at + size));
        }
        return pieces;
    }

    /**
     * The pictures of a tensor [frames, height, width, 3] of bytes.
     *
     * @param times of the frames in seconds
     */
    List<Frame> frames(String name, double[] times) throws IOException {
        WeightEntry entry = file.entries().get(name);
        long[] shape = entry.shape();
        int height = Math.toIntExact(shape[shape.length - 3]);
        int width = Math.toIntExact(shape[shape.length - 2]);
        ByteBuffer bytes = bytes(entry);
        List<Frame> frames = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] rgb = new byte[height * width * 3];
            bytes.get(rgb);
            frames.add(new Frame(times[frames.size()], width, height, rgb));
        }
        return frames;
    }

    private static ByteBuffer bytes(WeightEntry entry) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(entry.bytes()));
        try (FileChannel channel = FileChannel.open(entry.file())) {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, entry.offset() + buffer.position()) < 0) {
                    throw new IOException("[" + entry.file() + "] ends early");
                }
            }
        }
        return buffer.flip().order(ByteOrder.LITTLE_ENDIAN);
    }
}
