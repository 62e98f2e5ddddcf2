package org.vidvec.parity;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.vidvec.media.Frame;

/** Reference tensors of a safetensors file, read without natives. */
public final class TensorFile {

    private final JsonObject header;
    private final ByteBuffer data;

    public TensorFile(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = Math.toIntExact(bytes.getLong(0));
        header =
                JsonParser.parseString(new String(bytes.array(), 8, length, StandardCharsets.UTF_8))
                        .getAsJsonObject();
        data = bytes.position(8 + length).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    public boolean has(String name) {
        return header.has(name);
    }

    public int[] shape(String name) {
        return IntStream.range(0, entry(name).getAsJsonArray("shape").size())
                .map(i -> entry(name).getAsJsonArray("shape").get(i).getAsInt())
                .toArray();
    }

    public byte[] bytes(String name) {
        ByteBuffer slice = slice(name);
        byte[] values = new byte[slice.remaining()];
        slice.get(values);
        return values;
    }

    public float[] floats(String name) {
        float[] values = new float[slice(name).remaining() / 4];
        slice(name).asFloatBuffer().get(values);
        return values;
    }

    public long[] longs(String name) {
        long[] values = new long[slice(name).remaining() / 8];
        slice(name).asLongBuffer().get(values);
        return values;
    }

    /**
     * The pictures of a [frames, height, width, 3] or [height, width, 3] tensor, one per second.
     */
    public List<Frame> frames(String name) {
        int[] shape = shape(name);
        int axis = shape.length - 3;
        int height = shape[axis];
        int width = shape[axis + 1];
        byte[] all = bytes(name);
        List<Frame> frames = new ArrayList<>();
        for (int at = 0; at < all.length; at += height * width * 3) {
            byte[] rgb = new byte[height * width * 3];
            System.arraycopy(all, at, rgb, 0, rgb.length);
            frames.add(new Frame(frames.size(), width, height, rgb));
        }
        return frames;
    }

    public List<String> names() {
        return header.entrySet().stream()
                .map(Map.Entry::getKey)
                .filter(n -> n.equals("__metadata__") == false)
                .toList();
    }

    private JsonObject entry(String name) {
        if (header.has(name) == false) {
            throw new IllegalArgumentException("no tensor [" + name + "]; there are " + names());
        }
        return header.getAsJsonObject(name);
    }

    private ByteBuffer slice(String name) {
        JsonArray offsets = entry(name).getAsJsonArray("data_offsets");
        int from = offsets.get(0).getAsInt();
        return data.slice(from, offsets.get(1).getAsInt() - from).order(ByteOrder.LITTLE_ENDIAN);
    }
}
