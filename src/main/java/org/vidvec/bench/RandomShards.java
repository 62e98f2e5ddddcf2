package org.vidvec.bench;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Random bfloat16 tensors in safetensors shards with an index. Products keep the variance of what
 * they multiply, so that states stay finite through any number of layers.
 */
final class RandomShards {

    private static final int BYTES = 2;
    private static final int PIECE = 1 << 16;
    private static final double NORM_SPREAD = 0.1;

    private final Map<String, long[]> tensors;
    private final Random random;
    // drawing every weight would take minutes: pieces of this table from random places are as good
    private final float[] table = new float[1 << 22];

    RandomShards(Map<String, long[]> tensors, long seed) {
        this.tensors = tensors;
        random = new Random(seed);
        for (int i = 0; i < table.length; i++) {
            table[i] = (float) random.nextGaussian();
        }
    }

    /**
     * @return bytes of all tensors
     */
    long write(Path folder, long shardBytes) throws IOException {
        List<Map<String, long[]>> shards = split(shardBytes);
        JsonObject map = new JsonObject();
        long total = 0;
        for (int i = 0; i < shards.size(); i++) {
            String file =
                    String.format(
                            Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, shards.size());
            try (OutputStream out =
                    new BufferedOutputStream(
                            Files.newOutputStream(folder.resolve(file)), 1 << 20)) {
                total += write(out, shards.get(i));
            }
            shards.get(i).keySet().forEach(name -> map.addProperty(name, file));
        }
        JsonObject metadata = new JsonObject();
        metadata.addProperty("total_size", total);
        JsonObject index = new JsonObject();
        index.add("metadata", metadata);
        index.add("weight_map", map);
        Files.writeString(folder.resolve("model.safetensors.index.json"), index + "\n");
        return total;
    }

    private List<Map<String, long[]>> split(long shardBytes) {
        List<Map<String, long[]>> shards = new ArrayList<>();
        long left = 0;
        for (Map.Entry<String, long[]> tensor : tensors.entrySet()) {
            long bytes = size(tensor.getValue()) * BYTES;
            if (bytes > left) {
                shards.add(new LinkedHashMap<>());
                left = shardBytes;
            }
            left -= bytes;
            shards.get(shards.size() - 1).put(tensor.getKey(), tensor.getValue());
        }
        return shards;
    }

    private static long size(long[] shape) {
        long size = 1;
        for (long n : shape) {
            size *= n;
        }
        return size;
    }

    private long write(OutputStream out, Map<String, long[]> shard) throws IOException {
        JsonObject header = new JsonObject();
        long at = 0;
        for (Map.Entry<String, long[]> tensor : shard.entrySet()) {
            long end = at + size(tensor.getValue()) * BYTES;
            JsonObject entry = new JsonObject();
            entry.addProperty("dtype", "BF16");
            entry.add("shape", new Gson().toJsonTree(tensor.getValue()));
            entry.add("data_offsets", new Gson().toJsonTree(new long[] {at, end}));
            header.add(tensor.getKey(), entry);
            at = end;
        }
        // the tensors begin at a multiple of 64 bytes
        StringBuilder json = new StringBuilder(header.toString());
        json.append(" ".repeat((64 - (json.length() + Long.BYTES) % 64) % 64));
        byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.write(length.putLong(text.length).array());
        out.write(text);
        for (Map.Entry<String, long[]> tensor : shard.entrySet()) {
            write(out, tensor.getKey(), tensor.getValue());
        }
        return at;
    }

    private void write(OutputStream out, String name, long[] shape) throws IOException {
        boolean matrix = shape.length > 1;
        double mean = matrix || name.endsWith(".bias") ? 0 : 1;
        double spread = NORM_SPREAD;
        if (matrix) {
            boolean table = name.contains("embed_tokens");
            spread = table ? 1 : 1 / Math.sqrt((double) size(shape) / shape[0]);
        }
        ByteBuffer piece = ByteBuffer.allocate(PIECE * BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long left = size(shape); left > 0; left -= PIECE) {
            int from = random.nextInt(table.length - PIECE);
            int n = (int) Math.min(left, PIECE);
            piece.clear();
            for (int i = 0; i < n; i++) {
                piece.putShort(bfloat16((float) (mean + spread * table[from + i])));
            }
            out.write(piece.array(), 0, n * BYTES);
        }
    }

    /** The nearest, ties to even. */
    private static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        return (short) ((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
    }
}
