package org.vidvec.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.Frame;
import org.vidvec.media.Sampling;
import org.vidvec.parity.Parity;
import org.vidvec.parity.TensorFile;

/** VideoLLaMA3 folders, from raw frames and words to vector and P(Yes), against transformers. */
public class VideoLlama3ModelTests extends ESTestCase {

    // an empty instruction leaves the prompt of the case; the layer is that of the fixture
    private static final String LAST =
            TestModels.PARITY_CARD.replace("{\"prompt", "{\"layer\": 4, \"prompt");

    public void testNativeLayout() throws Exception {
        check("video_llama_3_b", List.of("video", "text_short"));
    }

    /** With the system message that the released examples ask for. */
    public void testReleasedLayout() throws Exception {
        check("videollama3_qwen2_a", List.of("video", "text_system", "image"));
    }

    public void testReleasedLayoutWithoutAPlaceholderInTheConfig() throws Exception {
        Path models = createTempDir();
        Path folder = TestModels.copy(models, "m", "videollama3_qwen2_a", LAST);
        String config = Files.readString(folder.resolve("config.json"));
        TestModels.write(
                folder.resolve("config.json"), config.replace("\"image_token_index\": 1114,", ""));
        Parity.Case c = new Parity.Case("videollama3_qwen2_a", "video");
        try (LoadedModel model = TestModels.repository(models).load("m")) {
            EmbedInput input = new EmbedInput(parts(c), EmbedInput.Role.DOCUMENT, null);
            float[] vector = model.embedder().embed(List.of(input)).get(0).vector();
            assertArrayEquals(c.tensors().floats("embedding_last"), vector, 1e-5f);
        }
    }

    public void testReleasedFilesOfAnotherPatchSize() throws Exception {
        Path models = createTempDir();
        Path folder = TestModels.copy(models, "m", "videollama3_qwen2_a", LAST);
        TestModels.write(folder.resolve("preprocessor_config.json"), "{\"patch_size\": 16}");
        ModelException e =
                expectThrows(ModelException.class, () -> TestModels.repository(models).load("m"));
        assertTrue(
                e.getMessage(),
                e.getMessage()
                        .contains(
                                "[patch_size] is [16], but [14] in [config.json]; take both files"
                                        + " from one checkpoint"));
    }

    public void testReleasedVisionTowerOfItsOwnIsRefused() throws Exception {
        Path models = createTempDir();
        Path folder = TestModels.copy(models, "m", "videollama3_qwen2_a", LAST);
        String config = Files.readString(folder.resolve("config.json"));
        TestModels.write(
                folder.resolve("config.json"),
                config.replace("\"vision_encoder\": null", "\"vision_encoder\": \"a/b\""));
        ModelException e =
                expectThrows(ModelException.class, () -> TestModels.repository(models).load("m"));
        assertTrue(
                e.getMessage(),
                e.getMessage()
                        .contains("is \"a/b\"; it must be [null]: a vision tower of its own"));
    }

    private static void check(String fixture, List<String> names) throws Exception {
        Path models = createTempDir();
        TestModels.copy(models, "m", fixture, LAST);
        try (LoadedModel model = TestModels.repository(models).load("m")) {
            for (String name : names) {
                Parity.Case c = new Parity.Case(fixture, name);
                List<Content> parts = parts(c);
                TensorFile tensors = c.tensors();
                EmbedInput input = new EmbedInput(parts, EmbedInput.Role.DOCUMENT, null);
                Embedding embedding = model.embedder().embed(List.of(input)).get(0);
                float[] expected = tensors.floats("embedding_last");
                assertArrayEquals(c + "", expected, embedding.vector(), 1e-5f);
                // tokens that were dropped do not count
                assertEquals(c + "", tensors.longs("position_ids").length, embedding.tokens());
                if (parts.size() > 1) {
                    MatchScore score =
                            model.matcher().match(parts.subList(1, 2), parts.subList(0, 1)).get(0);
                    assertEquals(c + "", tensors.floats("p_yes")[0], score.pYes(), 1e-5);
                }
            }
        }
    }

    private static List<Content> parts(Parity.Case c) throws IOException {
        List<Content> parts = new ArrayList<>();
        JsonObject message = c.json().getAsJsonArray("messages").get(0).getAsJsonObject();
        for (JsonElement element : message.getAsJsonArray("content")) {
            JsonObject content = element.getAsJsonObject();
            List<Frame> frames =
                    c.tensors().has("frames") ? c.tensors().frames("frames") : List.of();
            parts.add(
                    switch (content.get("type").getAsString()) {
                        case "image" -> new Content.Image(frames.get(0));
                        case "video" -> TestModels.video(frames);
                        default -> new Content.Text(content.get("text").getAsString());
                    });
        }
        return parts;
    }

    public void testTheDefaultCardIsVidVecs() throws Exception {
        ModelCard card = new VideoLlama3Family().defaultCard();
        assertEquals(24, card.layer());
        assertEquals(new Sampling.Fps(2, 180), card.sampling());
        assertEquals(
                "Summarize above sentence in one word:",
                card.query().of(List.of(new Content.Text("a"))));
        assertEquals(List.of("Yes", "yes"), card.match().yes());
        assertEquals(List.of("No", "no"), card.match().no());
    }

    public void testTheDefaultLayerNeedsAsManyLayers() throws Exception {
        Path models = createTempDir();
        TestModels.copy(models, "m", "video_llama_3_b", null);
        ModelException e =
                expectThrows(ModelException.class, () -> TestModels.repository(models).load("m"));
        assertTrue(
                e.getMessage(),
                e.getMessage().contains("[vidvec.json] reads [layer] [24], but the model has"));
    }

    public void testAWrongFlagIsNamed() throws Exception {
        Path models = createTempDir();
        Path folder = TestModels.copy(models, "m", "video_llama_3_b", LAST);
        TestModels.write(
                folder.resolve("video_preprocessor_config.json"),
                "{\"temporal_patch_size\": 1, \"use_token_compression\": \"yes\"}");
        ModelException e =
                expectThrows(ModelException.class, () -> TestModels.repository(models).load("m"));
        assertTrue(
                e.getMessage(),
                e.getMessage()
                        .contains(
                                "[use_token_compression] is \"yes\"; it must be [true] or"
                                        + " [false]"));
    }
}
