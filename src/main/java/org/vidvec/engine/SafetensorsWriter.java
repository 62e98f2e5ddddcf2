package org.vidvec.engine;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes tensors into one safetensors file, one after the other, so that only one need be in
 * memory. It is on disk when {@link #write} returns.
 */
public final class SafetensorsWriter {

    private static final int ALIGNMENT = 64;
    private static final int PIECE = 1 << 18;

    /** Gives a tensor's values when they are to be written. */
    @FunctionalInterface
    public interface Values {
        /** Row by row. */
        float[] get() throws EngineException, CheckpointException;
    }

    private record Entry(long[] shape, Values values) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final StoredType type;

    /** In float32. */
    public SafetensorsWriter() {
        this(StoredType.F32);
    }

    /**
     * @param type F32, or BF16, to which numbers are rounded: to the nearest, ties to even
     * @throws IllegalArgumentException if it is another
     */
    public SafetensorsWriter(StoredType type) {
        if (type != StoredType.F32 && type != StoredType.BF16) {
            throw new IllegalArgumentException("[" + type + "] is not written");
        }
        this.type = type;
    }

    /** Asks for a tensor. */
    public SafetensorsWriter add(String name, long[] shape, Values values) {
        entries.put(name, new Entry(shape, values));
        return this;
    }

    /**
     * Writes the file anew.
     *
     * @throws IOException if it can't be written, for example because the disk is full
     * @throws EngineException if values can't be had
     * @throws CheckpointException if values can't be had
     */
    public void write(Path file) throws IOException, EngineException, CheckpointException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            fill(channel, header());
            for (Map.Entry<String, Entry> entry : entries.entrySet()) {
                write(channel, entry.getKey(), entry.getValue());
            }
            channel.force(true);
        }
    }

    private ByteBuffer header() {
        JsonObject json = new JsonObject();
        JsonObject metadata = new JsonObject();
        // transformers and PEFT ask for it
        metadata.addProperty("format", "pt");
        json.add("__metadata__", metadata);
        long at = 0;
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            long end = at + size(entry.getValue().shape()) * type.bytes();
            JsonObject tensor = new JsonObject();
            tensor.addProperty("dtype", type.name());
            tensor.add("shape", new Gson().toJsonTree(entry.getValue().shape()));
            tensor.add("data_offsets", new Gson().toJsonTree(new long[] {at, end}));
            json.add(entry.getKey(), tensor);
            at = end;
        }
        byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
        int padded = text.length + (ALIGNMENT - (text.length + Long.BYTES) % ALIGNMENT) % ALIGNMENT;
        ByteBuffer header = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(padded).put(text);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.flip();
    }

    private void write(FileChannel channel, String name, Entry entry)
            throws IOException, EngineException, CheckpointException {
        float[] values = entry.values().get();
        if (values.length != size(entry.shape())) {
            throw new IllegalArgumentException(
                    "[" + name + "] has [" + values.length + "] values, which is not its shape");
        }
        ByteBuffer piece = ByteBuffer.allocate(PIECE * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < values.length; at += PIECE) {
            piece.clear();
            int count = Math.min(PIECE, values.length - at);
            if (type == StoredType.F32) {
                piece.asFloatBuffer().put(values, at, count);
            } else {
                for (int i = 0; i < count; i++) {
                    piece.putShort(2 * i, bfloat16(values[at + i]));
                }
            }
            fill(channel, piece.limit(count * type.bytes()));
        }
    }

    /** The upper half of the bits, rounded by the lower. */
    private static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            // rounding might carry into the exponent
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }

    private static void fill(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static long size(long[] shape) {
        long size = 1;
        for (long n : shape) {
            size = Math.multiplyExact(size, n);
        }
        return size;
    }
}
