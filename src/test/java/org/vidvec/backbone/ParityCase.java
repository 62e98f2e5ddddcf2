package org.vidvec.backbone;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.Safetensors;
import org.vidvec.engine.StoredType;
import org.vidvec.engine.WeightEntry;
import org.vidvec.family.Qwen2VlConfig;
import org.vidvec.prompt.PatchGrid;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.VisionInput;

/** One case of a parity fixture: inputs and references that transformers computed. */
public record ParityCase(JsonObject json, Map<String, WeightEntry> tensors) {

    public static ParityCase open(Path fixture, String name)
            throws IOException, CheckpointException {
        String json =
                Files.readString(
                        fixture.resolve("cases/" + name + ".json"), StandardCharsets.UTF_8);
        return new ParityCase(
                JsonParser.parseString(json).getAsJsonObject(),
                Safetensors.open(fixture.resolve("cases/" + name + ".safetensors")).entries());
    }

    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    public float[] floats(String name) throws IOException {
        WeightEntry entry = entry(name, StoredType.F32);
        float[] values = new float[(int) entry.size()];
        bytes(entry).asFloatBuffer().get(values);
        return values;
    }

    public long[] longs(String name) throws IOException {
        WeightEntry entry = entry(name, StoredType.I64);
        long[] values = new long[(int) entry.size()];
        bytes(entry).asLongBuffer().get(values);
        return values;
    }

    private WeightEntry entry(String name, StoredType type) {
        WeightEntry entry = tensors.get(name);
        if (entry == null || entry.type() != type) {
            throw new AssertionError("no [" + type + "] tensor [" + name + "]: " + entry);
        }
        return entry;
    }

    private static ByteBuffer bytes(WeightEntry entry) throws IOException {
        try (FileChannel channel = FileChannel.open(entry.file())) {
            ByteBuffer buffer = ByteBuffer.allocate((int) entry.bytes());
            channel.read(buffer, entry.offset());
            return buffer.flip().order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** Pieces of {@code size} of a tensor that stacks them. */
    public List<float[]> rows(String name, int size) throws IOException {
        float[] all = floats(name);
        List<float[]> rows = new ArrayList<>();
        for (int at = 0; at < all.length; at += size) {
            rows.add(Arrays.copyOfRange(all, at, at + size));
        }
        return rows;
    }

    /**
     * The input tensors under a prefix as a sequence.
     *
     * @param prefix empty, or {@code row0.} and so on for one of several
     */
    public PreparedSequence sequence(String prefix, Qwen2VlConfig config) throws IOException {
        return sequence(prefix, prefix + "position_ids", config);
    }

    /** The same with other positions. */
    public PreparedSequence sequence(String prefix, String positionIds, Qwen2VlConfig config)
            throws IOException {
        int merge = config.vision().patches().mergeSize();
        return sequence(prefix, positionIds, config.imageToken(), config.videoToken(), merge);
    }

    /** The same for any family. */
    public PreparedSequence sequence(
            String prefix, String positionIds, long imageToken, long videoToken, int merge)
            throws IOException {
        long[] ids = longs(prefix + "input.input_ids");
        long[] flat = longs(positionIds);
        long[][] positions = new long[3][];
        for (int axis = 0; axis < 3; axis++) {
            positions[axis] = Arrays.copyOfRange(flat, axis * ids.length, (axis + 1) * ids.length);
        }
        List<VisionInput> vision = new ArrayList<>();
        if (has(prefix + "input.pixel_values")) {
            vision.add(input(prefix + "input.pixel_values", "image", imageToken, merge));
        }
        if (has(prefix + "input.pixel_values_videos")) {
            vision.add(input(prefix + "input.pixel_values_videos", "video", videoToken, merge));
        }
        return new PreparedSequence(ids, positions, vision);
    }

    private VisionInput input(String name, String kind, long placeholder, int merge)
            throws IOException {
        long[] grid = longs("input." + kind + "_grid_thw");
        return new VisionInput(
                floats(name),
                new PatchGrid((int) grid[0], (int) grid[1], (int) grid[2]),
                merge,
                placeholder);
    }

    public int integer(String field) {
        return json.get(field).getAsInt();
    }
}
