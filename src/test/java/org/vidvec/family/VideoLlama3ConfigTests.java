package org.vidvec.family;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.WeightEntry;
import org.vidvec.parity.Parity;

/** Both layouts of config.json, their tensor names, and what they refuse. */
public class VideoLlama3ConfigTests extends ESTestCase {

    private static final Path RELEASED = Parity.path("videollama3_qwen2_a/checkpoint");

    public void testNativeLayout() throws Exception {
        VideoLlama3Config config =
                VideoLlama3Config.read(Parity.path("video_llama_3_b/checkpoint"));
        assertTrue(config.tied());
        assertEquals(1112, config.imageToken());
        assertEquals(1113, config.videoToken());
        assertEquals(96, config.text().hidden());
        assertEquals(3 * 14 * 14, config.vision().patchWidth());
    }

    public void testReleasedLayout() throws Exception {
        VideoLlama3Config config = VideoLlama3Config.readReleased(RELEASED, 7);
        assertFalse(config.tied());
        assertEquals(1114, config.imageToken());
        assertEquals(1114, config.videoToken());
        assertEquals(4, config.text().layers());
        assertEquals(new VideoLlama3VisionConfig(3, 64, 4, 152, 3, 14), config.vision());
    }

    public void testReleasedPlaceholderMayComeFromTheTokenizer() throws Exception {
        Path folder = changed("\"image_token_index\": 1114", "\"image_token_index\": -1");
        assertEquals(7, VideoLlama3Config.readReleased(folder, 7).imageToken());
    }

    public void testWhatIsRefused() throws Exception {
        refused(
                "mlp2x_gelu",
                "linear",
                "[mm_projector_type]",
                "[linear]; supported is [mlp2x_gelu]");
        refused("\"patch_size\"", "\"hidden_act\": \"gelu\", \"patch_size\"", "gelu_pytorch_tanh");
        refused(
                "\"patch_size\"",
                "\"layer_norm_eps\": 1e-5, \"patch_size\"",
                "layer_norm_eps] of [");
        refused("\"rope_scaling\": null", "\"rope_scaling\": {\"type\": \"yarn\"}", "[yarn]");
        refused("\"rope_theta\": 1000000.0,", "", "no field [rope_theta]");
        refused("\"vision_encoder_config\"", "\"other\"", "no field [vision_encoder_config]");
    }

    private void refused(String from, String to, String... parts) throws Exception {
        Path folder = changed(from, to);
        CheckpointException e =
                expectThrows(
                        CheckpointException.class, () -> VideoLlama3Config.readReleased(folder, 7));
        for (String part : parts) {
            assertTrue(e.getMessage(), e.getMessage().contains(part));
        }
    }

    private static Path changed(String from, String to) throws Exception {
        String json = Files.readString(RELEASED.resolve("config.json"));
        assertTrue(json.contains(from));
        Path folder = createTempDir();
        byte[] bytes = json.replace(from, to).getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve("config.json"), bytes);
        return folder;
    }

    /** Fine-tuning with the released code writes one component twice. */
    public void testVisionNamesWithADoubledComponent() throws Exception {
        VideoLlama3Config config = VideoLlama3Config.readReleased(RELEASED, 7);
        Checkpoint released = Checkpoint.open(RELEASED);
        Map<String, WeightEntry> doubled = new LinkedHashMap<>();
        String once = "model.vision_encoder.";
        for (WeightEntry entry : released.entries().values()) {
            String name = entry.name().replace(once, once + "vision_encoder.");
            doubled.put(name, entry.renamed(name));
        }
        Checkpoint other = new Checkpoint(released.folder(), released.files(), doubled);
        assertEquals(find(released, config), find(other, config));
    }

    private static List<String> find(Checkpoint checkpoint, VideoLlama3Config config)
            throws Exception {
        List<String> found = new ArrayList<>();
        for (WeightEntry entry : config.visionWeights(checkpoint).findIn(checkpoint)) {
            found.add(entry.name() + " " + entry.offset());
        }
        return found;
    }
}
