package org.vidvec.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.vidvec.prompt.PreparedSequence;

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

    /** [64]: the mean of some rows at norm 1. */
    private static float[] unitMean(float[] states, int from, int count) {
        double[] sum = new double[64];
        for (int i = from * 64; i < (from + count) * 64; i++) {
            sum[i % 64] += states[i];
        }
        double norm = Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum());
        float[] unit = new float[64];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (sum[i] / norm);
        }
        return unit;
    }

    private static void meanHead(Path folder) throws Exception {
        TestModels.write(
                folder.resolve("kv_former_config.json"),
                "{\"head\": \"mean\", \"hidden_size\": 64}");
    }

    /** Attention-free pooling (section 3.2): the model's own words, and no weights but its own. */
    public void testTheMeanOfWhatIsWritten() throws Exception {
        Path models = createTempDir();
        TensorFile video = new TensorFile(Parity.path(FIXTURE + "/kv_former/video.safetensors"));
        Content shown = TestModels.video(video.frames("frames"));
        meanHead(TestModels.copy(models, "last", FIXTURE, CARD.formatted("")));
        Embedding last = embed(models, "last", shown);
        assertEquals(8, last.written());
        float[] expected = unitMean(video.floats("states_producing"), 0, 8);
        assertArrayEquals(expected, last.vector(), 1e-5f);
        String card = CARD.formatted("").replace("{\"dtype", "{\"layer\": 3, \"dtype");
        Path folder = TestModels.copy(models, "third", FIXTURE, card);
        meanHead(folder);
        Embedding third = embed(models, "third", shown);
        assertEquals(8, third.written());
        assertArrayEquals(
                ofLayer(folder, shown, video.longs("generated_ids"), 3), third.vector(), 1e-5f);
        assertTrue(EmbedderTestCase.dot(last.vector(), third.vector()) < 0.999);
    }

    /** By all states of all layers of prompt and words, read at once and without a memory. */
    private static float[] ofLayer(Path folder, Content shown, long[] words, int layer)
            throws Exception {
        EmbedInput input = new EmbedInput(List.of(shown), EmbedInput.Role.DOCUMENT, null);
        try (TrainableModel model =
                TrainableModel.open(NativeLibraries.fromSystemProperty(), folder, 1)) {
            PreparedSequence prompt = model.prepare(input);
            PreparedSequence told = prompt.followedBy(Arrays.copyOf(words, words.length - 1));
            float[] states = model.network().trace(told).hiddenStates().get(layer);
            return unitMean(states, prompt.length() - 1, words.length);
        }
    }

    /** Texts too, in one step: against what transformers has for that layer. */
    public void testTheMeanOfATextInAnotherLayer() throws Exception {
        Path models = createTempDir();
        String card =
                TestModels.PARITY_CARD.replace(
                        "{\"prompt", "{\"pooling\": \"kv_former\", \"layer\": 3, \"prompt");
        meanHead(TestModels.copy(models, "text", FIXTURE, card));
        Parity.Case c = new Parity.Case(FIXTURE, "text_short");
        Content text = new Content.Text(c.json().get("text").getAsString());
        assertArrayEquals(
                c.tensors().floats("mid_layer_mean_unit"),
                embed(models, "text", text).vector(),
                1e-5f);
    }

    /** Texts of a batch end each on its own, and the others go on. */
    public void testABatchWhoseTextsEndApart() throws Exception {
        Path models = createTempDir();
        TensorFile video = new TensorFile(Parity.path(FIXTURE + "/kv_former/video.safetensors"));
        Path folder = model(models, "m", "kv_former.safetensors", "");
        long end = video.longs("generated_ids")[4];
        TestModels.write(
                folder.resolve("generation_config.json"), "{\"eos_token_id\": " + end + "}");
        List<Content> contents = new ArrayList<>();
        contents.add(TestModels.video(video.frames("frames")));
        contents.add(new Content.Text("A chef rests under a busy street in slow motion."));
        for (int shade : new int[] {3, 90, 200}) {
            contents.add(
                    TestModels.video(
                            List.of(
                                    EmbedderTestCase.frame(60, 80, shade),
                                    EmbedderTestCase.frame(60, 80, shade + 20))));
        }
        contents.add(new Content.Text("A fish"));
        List<EmbedInput> batch =
                contents.stream()
                        .map(c -> new EmbedInput(List.of(c), EmbedInput.Role.DOCUMENT, null))
                        .toList();
        try (LoadedModel model = TestModels.repository(models).load("m")) {
            List<Embedding> together = model.embedder().embed(batch);
            assertEquals(5, together.get(0).written());
            assertArrayEquals(
                    video.floats("producing_until_eos.plain.embedding"),
                    together.get(0).vector(),
                    1e-5f);
            assertTrue(together.stream().mapToInt(Embedding::written).max().getAsInt() > 5);
            for (int i = 0; i < batch.size(); i++) {
                Embedding alone = embed(model, contents.get(i));
                assertEquals(alone.written(), together.get(i).written());
                double cosine = EmbedderTestCase.dot(alone.vector(), together.get(i).vector());
                assertEquals(1, cosine, 1e-6);
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
        Path early = model(models, "early", "kv_former.safetensors", "");
        TestModels.write(
                early.resolve("vidvec.json"), "{\"pooling\": \"kv_former\", \"layer\": 3}");
        assertRefused(
                models, "early", "reads [layer] [3], but [pooling] [kv_former] reads the last");
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
