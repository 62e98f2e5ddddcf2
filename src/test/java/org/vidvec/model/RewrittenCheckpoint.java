package org.vidvec.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.StoredType;
import org.vidvec.engine.WeightEntry;

/** A checkpoint's weights written again: in another type, under other names, in other files. */
record RewrittenCheckpoint(Path folder, StoredType type, UnaryOperator<String> names, int shards) {

    /** Replaces the weights of {@link #folder}. */
    void write() throws Exception {
        Checkpoint before = Checkpoint.open(folder);
        List<Map<String, WeightEntry>> parts = new ArrayList<>();
        for (int i = 0; i < shards; i++) {
            parts.add(new LinkedHashMap<>());
        }
        int at = 0;
        for (WeightEntry entry : before.entries().values()) {
            parts.get(at++ % shards).put(names.apply(entry.name()), entry);
        }
        List<byte[]> files = new ArrayList<>();
        JsonObject map = new JsonObject();
        for (int i = 0; i < shards; i++) {
            files.add(file(parts.get(i)));
            String name = name(i);
            parts.get(i).keySet().forEach(k -> map.addProperty(k, name));
        }
        for (Path file : before.files()) {
            Files.delete(file);
        }
        Files.deleteIfExists(folder.resolve("model.safetensors.index.json"));
        for (int i = 0; i < shards; i++) {
            Files.write(folder.resolve(name(i)), files.get(i));
        }
        if (shards > 1) {
            JsonObject index = new JsonObject();
            index.add("weight_map", map);
            TestModels.write(folder.resolve("model.safetensors.index.json"), index.toString());
        }
    }

    private String name(int i) {
        return shards == 1 ? "model.safetensors" : "part-" + i + ".safetensors";
    }

    private byte[] file(Map<String, WeightEntry> entries) throws IOException {
        JsonObject header = new JsonObject();
        List<byte[]> data = new ArrayList<>();
        long end = 0;
        for (Map.Entry<String, WeightEntry> e : entries.entrySet()) {
            byte[] bytes = converted(e.getValue());
            JsonObject tensor = new JsonObject();
            tensor.addProperty("dtype", (type == null ? e.getValue().type() : type).name());
            JsonArray shape = new JsonArray();
            for (long n : e.getValue().shape()) {
                shape.add(n);
            }
            tensor.add("shape", shape);
            JsonArray offsets = new JsonArray();
            offsets.add(end);
            end += bytes.length;
            offsets.add(end);
            tensor.add("data_offsets", offsets);
            header.add(e.getKey(), tensor);
            data.add(bytes);
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + (int) end);
        file.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
        data.forEach(file::put);
        return file.array();
    }

    private byte[] converted(WeightEntry entry) throws IOException {
        byte[] all = Files.readAllBytes(entry.file());
        ByteBuffer from =
                ByteBuffer.wrap(all, (int) entry.offset(), (int) entry.bytes())
                        .slice()
                        .order(ByteOrder.LITTLE_ENDIAN);
        if (type == null) {
            byte[] same = new byte[from.remaining()];
            from.get(same);
            return same;
        }
        ByteBuffer to =
                ByteBuffer.allocate((int) entry.size() * type.bytes())
                        .order(ByteOrder.LITTLE_ENDIAN);
        while (from.hasRemaining()) {
            float value =
                    switch (entry.type()) {
                        case F32 -> from.getFloat();
                        case BF16 -> Float.intBitsToFloat(from.getShort() << 16);
                        default -> throw new IOException(entry + "");
                    };
            switch (type) {
                case F32 -> to.putFloat(value);
                case F16 -> to.putShort(Float.floatToFloat16(value));
                // cut, not rounded
                case BF16 -> to.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
                default -> throw new IOException(type + "");
            }
        }
        return to.array();
    }
}
