package org.vidvec.family;

import static org.hamcrest.Matchers.containsString;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.CheckpointException;
import org.vidvec.parity.Parity;
import org.vidvec.prompt.Patches;

/** The configs of Qwen2.5-VL and Qwen3-VL: what is read, and what is refused by name. */
public class SuccessorConfigTests extends ESTestCase {

    public void testQwen3Vl() throws Exception {
        Qwen3VlConfig nested = Qwen3VlConfig.read(Parity.path("qwen3_vl_a/checkpoint"));
        assertEquals(
                new Qwen3VisionConfig(
                        new QwenVisionConfig(4, 64, 4, 136, 3, new Patches(16, 2, 2), 64),
                        64,
                        List.of(0, 1, 3)),
                nested.vision());
        // sections 6, 5, 5 in turn; the last of sixteen is left with time
        assertEquals(
                List.of(0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0), nested.text().ropeAxes());
        assertEquals(32, nested.text().headDim());
        assertTrue(nested.text().headNorms());
        assertFalse(nested.text().bias());
        assertTrue(nested.tied());
        // rope_scaling beside rope_theta; sections 4, 2, 2
        Qwen3VlConfig released = Qwen3VlConfig.read(Parity.path("qwen3_vl_b/checkpoint"));
        assertEquals(List.of(0, 1, 2, 0, 1, 2, 0, 0), released.text().ropeAxes());
        assertEquals(5e6, released.text().ropeTheta(), 0);
        assertEquals(List.of(1, 2), released.vision().deepstack());
    }

    public void testQwen25Vl() throws Exception {
        Qwen25VlConfig config = Qwen25VlConfig.read(Parity.path("qwen2_5_vl_a/checkpoint"));
        assertEquals(
                new Qwen25VisionConfig(
                        new QwenVisionConfig(4, 64, 4, 136, 3, new Patches(14, 2, 2), 64),
                        2,
                        List.of(1, 3),
                        2),
                config.vision());
        assertTrue(config.text().bias());
        assertEquals(1112, config.imageToken());
        assertEquals(1113, config.videoToken());
    }

    /** Flat text fields, as in the released checkpoints. */
    public void testQwen25VlReleasedLayout() throws Exception {
        JsonObject flat = Parity.json("qwen2_5_vl_a/checkpoint/config.json");
        JsonObject text = flat.remove("text_config").getAsJsonObject();
        JsonObject rope = text.remove("rope_parameters").getAsJsonObject();
        rope.addProperty("rope_type", "mrope");
        text.add("rope_theta", rope.remove("rope_theta"));
        text.add("rope_scaling", rope);
        text.remove("model_type");
        text.entrySet().forEach(e -> flat.add(e.getKey(), e.getValue()));
        JsonObject vision = flat.getAsJsonObject("vision_config");
        vision.add("in_chans", vision.remove("in_channels"));
        Path folder = createTempDir();
        Files.writeString(folder.resolve("config.json"), flat.toString());
        assertEquals(
                Qwen25VlConfig.read(Parity.path("qwen2_5_vl_a/checkpoint")),
                Qwen25VlConfig.read(folder));
    }

    public void testRefusals() throws Exception {
        String three = "qwen3_vl_a";
        refused(three, "model_type", "\"llava\"", "is [llava]; supported is [qwen3_vl]");
        refused(three, "vision_config.hidden_act", "\"silu\"", "supported is [gelu_pytorch_tanh]");
        refused(three, "vision_config.num_position_embeddings", "60", "the square of an integer");
        refused(three, "vision_config.out_hidden_size", "32", "[64], the decoder's hidden size");
        refused(three, "vision_config.num_heads", "32", "a multiple of 4");
        String indexes = "vision_config.deepstack_visual_indexes";
        refused(three, indexes, "[0, 4]", "ascending and below [4]");
        refused(three, indexes, "[1, 1]", "ascending and below [4]");
        refused(three, indexes, "[-1]", "a list of integers from 0 on");
        refused(three, "text_config.attention_bias", "true", "biases in Qwen3 are not supported");
        refused(three, "text_config.num_hidden_layers", "2", "the decoder's [2] layers");
        String two = "qwen2_5_vl_a";
        refused(two, "vision_config.hidden_act", "\"gelu\"", "is [gelu]; supported is [silu]");
        refused(two, "vision_config.window_size", "20", "at least [28] pixels, one token");
        refused(two, "vision_config.out_hidden_size", "32", "[64], the decoder's hidden size");
        refused(two, "vision_config.num_heads", "32", "a multiple of 4");
    }

    private void refused(String fixture, String field, String value, String message)
            throws Exception {
        JsonObject json = Parity.json(fixture + "/checkpoint/config.json");
        JsonElement parsed = JsonParser.parseString(value);
        int dot = field.indexOf('.');
        JsonObject parent = dot < 0 ? json : json.getAsJsonObject(field.substring(0, dot));
        parent.add(field.substring(dot + 1), parsed);
        Path folder = createTempDir();
        Files.writeString(folder.resolve("config.json"), json.toString());
        CheckpointException e =
                expectThrows(
                        CheckpointException.class,
                        () -> {
                            if (fixture.startsWith("qwen3")) {
                                Qwen3VlConfig.read(folder);
                            } else {
                                Qwen25VlConfig.read(folder);
                            }
                        });
        assertThat(e.getMessage(), containsString(message));
        assertThat(e.getMessage(), containsString("[" + folder.resolve("config.json") + "]"));
    }
}
