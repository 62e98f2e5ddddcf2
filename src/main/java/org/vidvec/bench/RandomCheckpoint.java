package org.vidvec.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes a Qwen2-VL checkpoint of a given shape with random weights, for measuring: its vectors
 * cost what those of a trained one cost and mean nothing. Tokenizer and prompts come from another
 * checkpoint of the family, whose vocabulary is padded.
 */
public final class RandomCheckpoint {

    // 128 tokens for two frames, so that a file takes about as long as 8 frames of 336 x 336
    private static final int MAX_PIXELS = 128 * 28 * 28;
    private static final int MIN_PIXELS = 56 * 56;
    private static final long SHARD_BYTES = 2L << 30;

    private static final List<String> TAKEN =
            List.of("tokenizer.json", "tokenizer_config.json", "generation_config.json");

    private static final List<String> PREPROCESSORS =
            List.of("preprocessor_config.json", "video_preprocessor_config.json");

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final CheckpointShape shape;
    private final Path example;

    /**
     * @param example folder of a checkpoint of the family, whose tokenizer is taken
     */
    public RandomCheckpoint(CheckpointShape shape, Path example) {
        this.shape = shape;
        this.example = example;
    }

    /**
     * Writes all files; the weights are never in memory together.
     *
     * @param folder made if it is not there
     * @return bytes of the weights
     * @throws IOException if a file can't be read or written
     */
    public long write(Path folder, long seed) throws IOException {
        Files.createDirectories(folder);
        for (String name : TAKEN) {
            Files.writeString(folder.resolve(name), Files.readString(example.resolve(name)));
        }
        write(folder.resolve("config.json"), config());
        for (String name : PREPROCESSORS) {
            write(folder.resolve(name), preprocessor(name.startsWith("video")));
        }
        JsonObject card = new JsonObject();
        card.addProperty("random_weights", true);
        write(folder.resolve("vidvec.json"), card);
        return new RandomShards(shape.tensors(), seed).write(folder, SHARD_BYTES);
    }

    private static void write(Path file, JsonElement json) throws IOException {
        Files.writeString(file, GSON.toJson(json) + "\n");
    }

    /** The example's, with other sizes: its token ids are those of the tokenizer. */
    private JsonObject config() throws IOException {
        JsonObject config = read("config.json");
        JsonObject sizes = GSON.toJsonTree(shape).getAsJsonObject();
        JsonObject vision = config.getAsJsonObject("vision_config");
        for (String name : List.of("depth", "embed_dim", "num_heads")) {
            vision.add(name, sizes.remove(name));
        }
        vision.addProperty("hidden_size", shape.hidden_size());
        for (Map.Entry<String, JsonElement> size : sizes.entrySet()) {
            config.add(size.getKey(), size.getValue());
        }
        int half = shape.headDim() / 2;
        // a quarter turns with time and three eighths each with row and column, as released
        int rows = half * 3 / 8;
        JsonObject scaling = config.getAsJsonObject("rope_scaling");
        scaling.add("mrope_section", GSON.toJsonTree(new int[] {half - 2 * rows, rows, rows}));
        config.addProperty("max_position_embeddings", 32768);
        config.addProperty("max_window_layers", shape.num_hidden_layers());
        config.addProperty("tie_word_embeddings", true);
        config.addProperty("torch_dtype", "bfloat16");
        return config;
    }

    private JsonObject preprocessor(boolean video) throws IOException {
        JsonObject json = read("preprocessor_config.json");
        json.addProperty("min_pixels", MIN_PIXELS);
        json.addProperty("max_pixels", MAX_PIXELS);
        if (video) {
            json.remove("image_processor_type");
            json.addProperty("video_processor_type", "Qwen2VLVideoProcessor");
        }
        return json;
    }

    private JsonObject read(String name) throws IOException {
        return JsonParser.parseString(Files.readString(example.resolve(name))).getAsJsonObject();
    }
}
