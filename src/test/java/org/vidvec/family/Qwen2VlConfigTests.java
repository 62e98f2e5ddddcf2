package org.vidvec.family;

import static org.hamcrest.Matchers.containsString;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.vidvec.backbone.DecoderConfig;
import org.vidvec.backbone.NetworkOptions;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.Device;
import org.vidvec.prompt.Patches;

/** Both layouts of config.json, and configs and weights that don't fit. */
public class Qwen2VlConfigTests extends Qwen2VlTestCase {

    private JsonObject json(String fixture) throws Exception {
        Path file = fixture(fixture).resolve("checkpoint/config.json");
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    private static Qwen2VlConfig read(Path folder, JsonElement json) throws Exception {
        Files.writeString(folder.resolve("config.json"), json.toString());
        return Qwen2VlConfig.read(folder);
    }

    private void refused(JsonElement json, String message) {
        Path folder = createTempDir();
        CheckpointException e = expectThrows(CheckpointException.class, () -> read(folder, json));
        assertThat(e.getMessage(), containsString(message));
        assertThat(e.getMessage(), containsString("[" + folder.resolve("config.json") + "]"));
    }

    public void testNestedLayout() throws Exception {
        Qwen2VlConfig config = Qwen2VlConfig.read(fixture("qwen2_vl_a").resolve("checkpoint"));
        assertEquals(
                new DecoderConfig(
                        64,
                        176,
                        5,
                        4,
                        2,
                        16,
                        1152,
                        1e-6,
                        1e6,
                        List.of(0, 0, 1, 1, 1, 2, 2, 2),
                        true,
                        false),
                config.text());
        assertEquals(
                new QwenVisionConfig(3, 64, 4, 256, 3, new Patches(14, 2, 2), 64), config.vision());
        assertFalse(config.tied());
        assertEquals(1112, config.imageToken());
        assertEquals(1113, config.videoToken());
        assertEquals(1109, config.visionStartToken());
        assertEquals(1110, config.visionEndToken());
    }

    public void testReleasedLayout() throws Exception {
        Qwen2VlConfig config = Qwen2VlConfig.read(fixture("qwen2_vl_b").resolve("checkpoint"));
        assertEquals(
                new DecoderConfig(
                        96,
                        160,
                        4,
                        6,
                        2,
                        16,
                        1152,
                        1e-6,
                        1e6,
                        List.of(0, 0, 1, 1, 1, 2, 2, 2),
                        true,
                        false),
                config.text());
        assertEquals(3, config.vision().channels());
        assertTrue(config.tied());
    }

    public void testMissingFieldsAreNamed() throws Exception {
        for (String field :
                List.of(
                        "vision_config",
                        "image_token_id",
                        "hidden_size",
                        "num_hidden_layers",
                        "rms_norm_eps",
                        "vocab_size",
                        "rope_scaling",
                        "rope_theta",
                        "num_attention_heads",
                        "intermediate_size")) {
            JsonObject json = json("qwen2_vl_b");
            json.remove(field);
            refused(json, "has no field [" + field + "]");
        }
        JsonObject nested = json("qwen2_vl_a");
        nested.getAsJsonObject("text_config").remove("hidden_size");
        refused(nested, "has no field [text_config.hidden_size]");
        JsonObject deep = json("qwen2_vl_b");
        deep.getAsJsonObject("vision_config").remove("depth");
        refused(deep, "has no field [vision_config.depth]");
    }

    private void refused(String field, JsonElement value, String message) throws Exception {
        JsonObject json = json("qwen2_vl_b");
        JsonObject parent = json;
        String[] path = field.split("\\.");
        if (path.length > 1) {
            parent = json.getAsJsonObject(path[0]);
        }
        parent.add(path[path.length - 1], value);
        refused(json, "field [" + field + "] of [");
        refused(json, message);
    }

    public void testValuesThatAreNotSupported() throws Exception {
        refused("model_type", text("llava"), "is [llava]; supported is [qwen2_vl]");
        refused("hidden_act", text("gelu"), "is [gelu]; supported is [silu]");
        refused("vision_config.hidden_act", text("silu"), "supported is [quick_gelu]");
        refused("use_sliding_window", value("true"), "sliding windows are not supported");
        refused("rope_scaling.type", text("yarn"), "is [yarn]; supported is [default, mrope]");
        refused("rope_scaling.mrope_section", value("[2,3]"), "sum to [8]");
        refused("num_key_value_heads", value("4"), "a divisor of the [6] attention");
        refused("vision_config.hidden_size", value("64"), "must be [96], the decoder's");
        refused("vision_config.num_heads", value("32"), "a multiple of 4");
    }

    public void testValuesOfTheWrongKind() throws Exception {
        refused("hidden_size", text("many"), "it must be a number");
        refused("hidden_size", value("0"), "it must be a positive integer");
        refused("hidden_size", value("1.5"), "it must be a positive integer");
        refused("image_token_id", value("-1"), "it must be a token id");
        refused("vision_config", value("3"), "it must be an object");
        refused("tie_word_embeddings", text("no"), "it must be true or false");
        refused("rope_scaling.mrope_section", text("no"), "it must be a list of positive");
    }

    private static JsonElement text(String value) {
        return new JsonPrimitive(value);
    }

    private static JsonElement value(String source) {
        return JsonParser.parseString(source);
    }

    public void testFilesThatAreNoConfigs() throws Exception {
        refused(JsonParser.parseString("[]"), "is not a JSON object");
        Path folder = createTempDir();
        CheckpointException none =
                expectThrows(CheckpointException.class, () -> Qwen2VlConfig.read(folder));
        assertThat(none.getMessage(), containsString("can't read ["));
        Files.writeString(folder.resolve("config.json"), "{\"a\": ");
        CheckpointException cut =
                expectThrows(CheckpointException.class, () -> Qwen2VlConfig.read(folder));
        assertThat(cut.getMessage(), containsString("is not JSON"));
    }

    /** A folder with the weights of fixture a and a changed config. */
    private CheckpointException load(String field, int value) throws Exception {
        Path folder = createTempDir();
        Path weights = fixture("qwen2_vl_a").resolve("checkpoint/model.safetensors");
        Files.copy(weights, folder.resolve("model.safetensors"));
        JsonObject json = json("qwen2_vl_a");
        json.getAsJsonObject("text_config").addProperty(field, value);
        Files.writeString(folder.resolve("config.json"), json.toString());
        return expectThrows(
                CheckpointException.class,
                () ->
                        Qwen2VlConfig.read(folder)
                                .load(engine(), folder, NetworkOptions.everything(Device.CPU)));
    }

    public void testWeightsThatDoNotFitTheConfig() throws Exception {
        assertThat(
                load("num_hidden_layers", 6).getMessage(),
                containsString("no tensor [model.layers.5.input_layernorm.weight] in ["));
        assertThat(
                load("intermediate_size", 160).getMessage(),
                containsString("has the shape [176, 64], not [160, 64] as config.json says"));
    }
}
