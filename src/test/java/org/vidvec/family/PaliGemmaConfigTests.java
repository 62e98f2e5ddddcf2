package org.vidvec.family;

import static org.hamcrest.Matchers.containsString;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.backbone.DecoderConfig;
import org.vidvec.backbone.DecoderStyle;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.DType;
import org.vidvec.parity.Parity;

/** The released config.json, that of transformers 5, and those of other networks. */
public class PaliGemmaConfigTests extends ESTestCase {

    private static final String A = "paligemma_a/checkpoint";

    public void testAsTransformersWritesIt() throws Exception {
        PaliGemmaConfig config = PaliGemmaConfig.read(Parity.path(A));
        assertEquals(gemma(4, 192), config.text());
        assertEquals(new SiglipConfig(3, 64, 4, 152, 14, 56), config.vision());
        assertEquals(16, config.vision().tokens());
        assertEquals(2152, config.imageToken());
        assertTrue(config.tied());
    }

    public void testAsReleased() throws Exception {
        PaliGemmaConfig config = PaliGemmaConfig.read(Parity.path("paligemma_b/checkpoint"));
        assertEquals(gemma(2, 160), config.text());
        assertEquals(new SiglipConfig(3, 48, 4, 120, 14, 56), config.vision());
        assertTrue(config.tied());
    }

    private static DecoderConfig gemma(int heads, int intermediate) {
        return new DecoderConfig(
                64,
                intermediate,
                4,
                heads,
                1,
                32,
                2176,
                1e-6,
                1e4,
                Collections.nCopies(16, 0),
                false,
                false,
                DecoderStyle.GEMMA);
    }

    public void testOtherNetworks() throws Exception {
        assertRefused(json -> text(json).addProperty("model_type", "gemma2"), "[gemma2]");
        assertRefused(json -> text(json).addProperty("hidden_activation", "gelu"), "[gelu]");
        assertRefused(json -> text(json).addProperty("attention_bias", true), "attention_bias");
        assertRefused(
                json -> text(json).addProperty("num_key_value_heads", 3),
                "a divisor of the [4] attention heads");
        assertRefused(json -> vision(json).addProperty("vision_use_head", true), "vision_use_head");
        assertRefused(json -> vision(json).addProperty("hidden_act", "gelu"), "[gelu]");
        assertRefused(json -> vision(json).addProperty("num_channels", 1), "num_channels");
        assertRefused(json -> vision(json).addProperty("layer_norm_eps", 1e-5), "[1e-06]");
        assertRefused(
                json -> vision(json).addProperty("num_attention_heads", 5),
                "a divisor of hidden_size [64]");
        assertRefused(json -> json.remove("image_token_index"), "image_token_id");
    }

    /** A tower of another size is found by the first tensor that does not fit. */
    public void testWeightsOfAnotherSize() throws Exception {
        Path folder = createTempDir();
        JsonObject json = Parity.json(A + "/config.json");
        vision(json).addProperty("image_size", 70);
        Files.writeString(folder.resolve("config.json"), json.toString());
        Files.copy(Parity.path(A + "/model.safetensors"), folder.resolve("model.safetensors"));
        CheckpointException e =
                expectThrows(
                        CheckpointException.class,
                        () -> PaliGemmaFixture.network(folder, DType.FLOAT32));
        assertThat(e.getMessage(), containsString("[16, 64], not [25, 64]"));
        assertThat(e.getMessage(), containsString("position_embedding"));
    }

    private interface Change {
        void to(JsonObject json);
    }

    private static JsonObject text(JsonObject json) {
        return json.getAsJsonObject("text_config");
    }

    private static JsonObject vision(JsonObject json) {
        return json.getAsJsonObject("vision_config");
    }

    private static void assertRefused(Change change, String message) throws Exception {
        Path folder = createTempDir();
        JsonObject json = Parity.json(A + "/config.json");
        change.to(json);
        Files.writeString(folder.resolve("config.json"), json.toString());
        CheckpointException e =
                expectThrows(CheckpointException.class, () -> PaliGemmaConfig.read(folder));
        assertThat(e.getMessage(), containsString(message));
        assertThat(e.getMessage(), containsString("config.json"));
    }
}
