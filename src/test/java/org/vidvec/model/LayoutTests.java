package org.vidvec.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.StoredType;
import org.vidvec.media.Frame;

/** Every family's weights in other files, types and names give the same vectors. */
public class LayoutTests extends ESTestCase {

    private static final List<String> FIXTURES =
            List.of(
                    "qwen2_vl_a",
                    "qwen2_vl_b",
                    "qwen2_5_vl_a",
                    "qwen3_vl_b",
                    "paligemma_a",
                    "video_llama_3_b",
                    "videollama3_qwen2_a",
                    "qwen2_text_a",
                    "qwen3_text_a");

    private static final String CARD =
            "{\"dtype\": \"float32\", \"layer\": 2, \"match\": {\"yes\": [\"Yes\"], \"no\": [\"No\"]}}";

    private final Path models = createTempDir();

    /** One file as shards, shards as one file, and the decoder's names with other wrappers. */
    public void testFilesAndNames() throws Exception {
        for (String fixture : FIXTURES) {
            float[] before = vector(fixture, CARD, null, UnaryOperator.identity(), 1);
            for (UnaryOperator<String> names : SCHEMES) {
                float[] after = vector(fixture, CARD, null, names, 3);
                assertArrayEquals(fixture, before, after, 1e-6f);
            }
        }
    }

    private static final List<UnaryOperator<String>> SCHEMES =
            List.of(
                    // transformers 5 in memory, and what trainers save of it
                    name ->
                            decoder(name, "model.language_model.")
                                    .replaceFirst("^visual", "model.visual"),
                    // transformers 4 with the language model as a whole
                    name -> decoder(name, "language_model.model."),
                    // the bare model
                    name -> decoder(name, ""));

    private static String decoder(String name, String wrapper) {
        return name.replaceFirst(
                "^(?:model\\.|language_model\\.)*(layers\\.|embed_tokens\\.|norm\\.)",
                wrapper + "$1");
    }

    public void testTypes() throws Exception {
        for (String fixture : FIXTURES) {
            float[] before = vector(fixture, CARD, null, UnaryOperator.identity(), 1);
            for (StoredType type : List.of(StoredType.F32, StoredType.F16, StoredType.BF16)) {
                float[] after = vector(fixture, CARD, type, UnaryOperator.identity(), 2);
                // cut to 8 bits of mantissa
                double least = type == StoredType.BF16 ? 0.99 : 0.99999;
                double cosine = EmbedderTestCase.dot(before, after);
                assertTrue(fixture + " " + type + " " + cosine, cosine > least);
            }
        }
    }

    /** The released config of Qwen2.5-VL: text fields at the top. */
    public void testFlatConfig() throws Exception {
        float[] nested = vector("qwen2_5_vl_a", CARD, null, UnaryOperator.identity(), 1);
        Path folder = TestModels.copy(models, "flat", "qwen2_5_vl_a", CARD);
        Path file = folder.resolve("config.json");
        JsonObject config = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        JsonObject text = config.remove("text_config").getAsJsonObject();
        JsonObject rope = text.remove("rope_parameters").getAsJsonObject();
        text.add("rope_theta", rope.remove("rope_theta"));
        rope.remove("rope_type");
        rope.addProperty("type", "mrope");
        text.add("rope_scaling", rope);
        for (Map.Entry<String, JsonElement> field : text.entrySet()) {
            if (config.has(field.getKey()) == false) {
                config.add(field.getKey(), field.getValue());
            }
        }
        TestModels.write(file, config.toString());
        assertArrayEquals(nested, vector("flat"), 1e-6f);
    }

    /** transformers 5 saves all processors in one file. */
    public void testNestedProcessors() throws Exception {
        for (String fixture :
                List.of(
                        "qwen2_vl_a",
                        "qwen2_vl_b",
                        "qwen3_vl_b",
                        "paligemma_a",
                        "video_llama_3_b")) {
            float[] before = vector(fixture, CARD, null, UnaryOperator.identity(), 1);
            Path folder = models.resolve(fixture);
            JsonObject nested = new JsonObject();
            Path images = folder.resolve("preprocessor_config.json");
            Path videos = folder.resolve("video_preprocessor_config.json");
            nested.add("image_processor", json(images));
            if (Files.exists(videos)) {
                nested.add("video_processor", json(videos));
                Files.delete(videos);
            }
            TestModels.write(folder.resolve("processor_config.json"), nested.toString());
            // what is nested counts
            TestModels.write(images, "{\"patch_size\": 3}");
            if (nested.has("video_processor") == false) {
                Files.delete(images);
                nested.add("video_processor", nested.get("image_processor"));
                TestModels.write(folder.resolve("processor_config.json"), nested.toString());
            }
            assertArrayEquals(fixture, before, vector(fixture), 1e-6f);
        }
    }

    /** Among the decoder's fields, where transformers 4 saved it. */
    public void testTiedBelow() throws Exception {
        float[] before = vector("qwen2_vl_b", CARD, null, UnaryOperator.identity(), 1);
        Path file = models.resolve("qwen2_vl_b/config.json");
        JsonObject config = json(file);
        JsonObject text = config.deepCopy();
        text.remove("vision_config");
        config.remove("tie_word_embeddings");
        config.add("text_config", text);
        TestModels.write(file, config.toString());
        assertArrayEquals(before, vector("qwen2_vl_b"), 1e-6f);
    }

    private static JsonObject json(Path file) throws Exception {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    private float[] vector(
            String fixture, String card, StoredType type, UnaryOperator<String> names, int shards)
            throws Exception {
        try (var old = Files.newDirectoryStream(Files.createDirectories(models.resolve(fixture)))) {
            for (Path file : old) {
                Files.delete(file);
            }
        }
        Path folder = TestModels.copy(models, fixture, fixture, card);
        new RewrittenCheckpoint(folder, type, names, shards).write();
        return vector(fixture);
    }

    private float[] vector(String id) throws Exception {
        try (LoadedModel model = TestModels.repository(models).load(id)) {
            Content text = new Content.Text("A black cat walks.");
            Content image = new Content.Image(new Frame(0, 64, 64, new byte[64 * 64 * 3]));
            boolean sees = id.contains("text") == false;
            EmbedInput input =
                    new EmbedInput(
                            sees ? List.of(image, text) : List.of(text),
                            EmbedInput.Role.DOCUMENT,
                            null);
            return model.embedder().embed(List.of(input)).get(0).vector();
        }
    }
}
