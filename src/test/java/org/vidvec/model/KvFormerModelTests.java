package org.vidvec.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.backbone.KvFormer;
import org.vidvec.backbone.KvFormerConfig;
import org.vidvec.engine.DType;
import org.vidvec.engine.Device;
import org.vidvec.engine.EngineOptions;
import org.vidvec.engine.TorchEngine;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.parity.Parity;
import org.vidvec.parity.TensorFile;

/** ViLL-E's head behind a card, against what PyTorch makes of the same texts and frames. */
public class KvFormerModelTests extends ESTestCase {

    private static final String FIXTURE = "paligemma_a";
    private static final String CARD =
            "{\"dtype\": \"float32\", \"pooling\": \"kv_former\", \"document\": {\"video\":"
                    + " \"describe this video.\"}, \"kv_former\": {%s \"max_new_tokens\": 8}}";

    private static Path model(Path models, String id, String weights, String more)
            throws Exception {
        Path folder = TestModels.copy(models, id, FIXTURE, CARD.formatted(more));
        for (String name : List.of(weights, "kv_former_config.json")) {
            Files.copy(Parity.path(FIXTURE + "/kv_former/" + name), folder.resolve(name));
        }
        return folder;
    }

    private static Embedding embed(LoadedModel model, Content content) throws Exception {
        EmbedInput input = new EmbedInput(List.of(content), EmbedInput.Role.DOCUMENT, null);
        return model.embedder().embed(List.of(input)).get(0);
    }

    private static void check(Path models, String id, String variant, String states)
            throws Exception {
        TensorFile texts = new TensorFile(Parity.path(FIXTURE + "/kv_former/text.safetensors"));
        TensorFile video = new TensorFile(Parity.path(FIXTURE + "/kv_former/video.safetensors"));
        String caption = "A chef rests under a busy street in slow motion.";
        try (LoadedModel model = TestModels.repository(models).load(id)) {
            assertArrayEquals(
                    texts.floats("text0." + variant + ".embedding"),
                    embed(model, new Content.Text(caption)).vector(),
                    1e-5f);
            assertArrayEquals(
                    video.floats(states + "." + variant + ".embedding"),
                    embed(model, TestModels.video(video.frames("frames"))).vector(),
                    1e-5f);
            assertEquals(64, model.info().dims());
        }
    }

    public void testTextsAndFrames() throws Exception {
        Path models = createTempDir();
        model(models, "plain", "kv_former.safetensors", "");
        check(models, "plain", "plain", "producing");
    }

    public void testTheOtherVariantAndReading() throws Exception {
        Path models = createTempDir();
        String weights = "kv_former_gemma_layer.safetensors";
        model(
                models,
                "layer",
                weights,
                "\"weights\": \"" + weights + "\", \"states\": \"of_tokens\",");
        check(models, "layer", "gemma_layer", "of_tokens");
    }

    /** App. A: as many tokens as were asked for, whatever the end token says. */
    public void testAFixedNumberOfTokens() throws Exception {
        Path models = createTempDir();
        TensorFile video = new TensorFile(Parity.path(FIXTURE + "/kv_former/video.safetensors"));
        float[] states = video.floats("states_producing");
        TorchEngine engine =
                TorchEngine.start(NativeLibraries.fromSystemProperty(), new EngineOptions(1));
        Path folder = Parity.path(FIXTURE + "/kv_former");
        KvFormerConfig config = KvFormerConfig.read(folder.resolve("kv_former_config.json"));
        try (KvFormer head =
                KvFormer.load(
                        engine,
                        folder.resolve("kv_former.safetensors"),
                        config,
                        DType.FLOAT32,
                        Device.CPU)) {
            for (int tokens : new int[] {1, 5}) {
                String id = "fixed" + tokens;
                String more = "\"fixed_tokens\": " + tokens + ",";
                model(models, id, "kv_former.safetensors", more);
                Embedding found = embed(models, id, TestModels.video(video.frames("frames")));
                assertArrayEquals(
                        head.embed(Arrays.copyOf(states, tokens * 64)), found.vector(), 1e-5f);
                assertEquals(tokens, found.written());
            }
        }
    }

    private static Embedding embed(Path models, String id, Content content) throws Exception {
        try (LoadedModel model = TestModels.repository(models).load(id)) {
            return embed(model, content);
        }
    }

    public void testWhatIsWrongIsNamed() throws Exception {
        Path models = createTempDir();
        Path missing = model(models, "missing", "kv_former.safetensors", "");
        Files.delete(missing.resolve("kv_former.safetensors"));
        assertRefused(
                models, "missing", "[kv_former.safetensors] of the [kv_former] head is not in");
        Path other = model(models, "other", "kv_former.safetensors", "");
        Path config = other.resolve("kv_former_config.json");
        String json = Files.readString(config);
        TestModels.write(config, json.replace("\"mlp_dim\": 160", "\"mlp_dim\": 128"));
        assertRefused(models, "other", "mlp_up.weight");
        TestModels.write(config, json.replace("\"hidden_size\": 64", "\"hidden_size\": 32"));
        assertRefused(
                models,
                "other",
                "[hidden_size] is [32] in [kv_former_config.json], but [64] in [config.json]");
        TestModels.copy(models, "states", FIXTURE, CARD.formatted("\"states\": \"all\","));
        assertRefused(models, "states", "unknown states [all]; known are [producing, of_tokens]");
        TestModels.copy(models, "outside", FIXTURE, CARD.formatted("\"weights\": \"../x\","));
        assertRefused(models, "outside", "[../x] of the [kv_former] head is not in");
    }

    private static void assertRefused(Path models, String id, String message) throws Exception {
        ModelException e =
                expectThrows(ModelException.class, () -> TestModels.repository(models).load(id));
        assertTrue(e.getMessage(), e.getMessage().contains(message));
        assertEquals(ModelException.Kind.CHECKPOINT, e.kind());
    }
}
