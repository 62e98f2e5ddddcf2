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
 * Writes tensors of float32 into one safetensors file, one after the other, so that only one need
 * be in memory. It is on disk when {@link #write} returns.
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
            long end = at + size(entry.getValue().shape()) * Float.BYTES;
            JsonObject tensor = new JsonObject();
            tensor.addProperty("dtype", StoredType.F32.name());
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

    private static void write(FileChannel channel, String name, Entry entry)
            throws IOException, EngineException, CheckpointException {
        float[] values = entry.values().get();
        if (values.length != size(entry.shape())) {
            throw new IllegalArgumentException(
                    "[" + name + "] has [" + values.length + "] values, which is not its shape");
        }
        ByteBuffer piece = ByteBuffer.allocate(PIECE * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < values.length; at += PIECE) {
            piece.clear();
            int count = Math.min(PIECE, values.length - at);
            piece.asFloatBuffer().put(values, at, count);
            fill(channel, piece.limit(count * Float.BYTES));
        }
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
