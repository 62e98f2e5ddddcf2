package org.vidvec.train;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.lessThan;
import static org.vidvec.train.WatchedRun.run;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.Safetensors;
import org.vidvec.engine.StoredFloats;
import org.vidvec.engine.StoredType;
import org.vidvec.engine.TensorScope;
import org.vidvec.engine.WeightEntry;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.FolderModelRepository;
import org.vidvec.model.LoadedModel;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.parity.Parity;

/** Runs of other kinds than pairs of texts with LoRA in float32. */
public class TrainingKindsTests extends ESTestCase {

    private static final Map<String, Object> CLIPS =
            Map.of("generated", "clip", "frames", 2, "size", 56);

    private static float[] weight(Path model, String name) throws Exception {
        return StoredFloats.read(Checkpoint.open(model).entries().get(name));
    }

    public void testLayersComputedOnceMoreLearnTheSame() throws Exception {
        WatchedRun plain = new WatchedRun();
        run(new RunFile(createTempDir()).spec(), plain);
        for (Map<String, Integer> batch :
                List.of(Map.of("size", 4), Map.of("size", 4, "chunk", 3))) {
            WatchedRun again = new WatchedRun();
            RunFile file = new RunFile(createTempDir()).with("recompute", true);
            long before = TensorScope.liveTensors();
            run(file.with("batch", batch).spec(), again);
            assertEquals(before, TensorScope.liveTensors());
            for (int step = 1; step <= 6; step++) {
                assertEquals(plain.loss(step), again.loss(step), 1e-3 * plain.loss(step));
            }
            double norm = plain.reports.get(0).gradient_norm();
            assertEquals(norm, again.reports.get(0).gradient_norm(), 1e-5 * norm);
        }
    }

    public void testBFloat16WithMastersInFloat32() throws Exception {
        RunFile file = new RunFile(createTempDir()).with("compute", "bfloat16");
        file.json().remove("lora");
        file.with("optimizer", Map.of("learning_rate", 1e-4)).with("steps", 12);
        WatchedRun told = new WatchedRun();
        Path model = run(file.spec(), told);
        assertThat(told.loss(12), lessThan(0.9 * told.loss(1)));
        String name = "model.layers.0.mlp.up_proj.weight";
        float[] before = weight(Parity.path("qwen2_vl_a/checkpoint"), name);
        float[] after = weight(model, name);
        int finer = 0;
        for (int i = 0; i < after.length; i++) {
            boolean rounded = (Float.floatToRawIntBits(after[i]) & 0xffff) == 0;
            finer += rounded ? 0 : 1;
            assertEquals(before[i], after[i], 12 * 1e-4 + 1e-6);
        }
        // rounded to 8 bits a step of 1e-4 would be lost
        assertTrue("[" + finer + "] of [" + after.length + "]", finer > 0.9 * after.length);
    }

    public void testModulesThatAreLearntAsAWhole() throws Exception {
        Map<String, Object> lora =
                Map.of("rank", 2, "targets", List.of("q_proj"), "whole", List.of("model.norm"));
        Path model = run(new RunFile(createTempDir()).with("lora", lora).spec(), new WatchedRun());
        assertEquals("model", model.getFileName().toString());
        assertFalse(Files.exists(model.resolveSibling("adapter")));
        Path base = Parity.path("qwen2_vl_a/checkpoint");
        for (String name : List.of("model.norm.weight", "model.layers.0.self_attn.q_proj.weight")) {
            assertFalse(name, Arrays.equals(weight(base, name), weight(model, name)));
        }
        String other = "model.layers.0.self_attn.k_proj.weight";
        assertArrayEquals(weight(base, other), weight(model, other), 0);
        Map<String, Object> wrong = Map.of("rank", 2, "whole", List.of("visual.meger"));
        RunSpec spec = new RunFile(createTempDir()).with("lora", wrong).spec();
        TrainingException e =
                expectThrows(TrainingException.class, () -> run(spec, new WatchedRun()));
        assertThat(e.getMessage(), containsString("[lora.whole] names [visual.meger]"));
    }

    public void testAnAdapterAndItsHeadInBFloat16() throws Exception {
        Map<String, Object> lora = Map.of("rank", 2, "targets", List.of("q_proj"));
        Path whole = run(captions().with("lora", lora).spec(), new WatchedRun());
        RunFile same = captions().with("lora", lora).with("dtype", "bfloat16");
        Path half = run(same.spec(), new WatchedRun());
        for (String file : List.of("adapter_model.safetensors", "kv_former.safetensors")) {
            Map<String, WeightEntry> full = Safetensors.open(whole.resolve(file)).entries();
            Map<String, WeightEntry> rounded = Safetensors.open(half.resolve(file)).entries();
            assertEquals(full.keySet(), rounded.keySet());
            for (String name : full.keySet()) {
                assertEquals(StoredType.F32, full.get(name).type());
                assertEquals(StoredType.BF16, rounded.get(name).type());
                float[] values = StoredFloats.read(full.get(name));
                float[] near = StoredFloats.read(rounded.get(name));
                for (int i = 0; i < values.length; i++) {
                    assertEquals(values[i], near[i], Math.abs(values[i]) / 256);
                }
            }
        }
    }

    public void testModulesThatStayAsTheyAre() throws Exception {
        List<String> frozen = List.of("visual", "model.layers.1");
        RunFile file = new RunFile(createTempDir()).with("freeze", frozen);
        file.json().remove("lora");
        Path model = run(file.spec(), new WatchedRun());
        Path base = Parity.path("qwen2_vl_a/checkpoint");
        String learnt = "model.layers.0.self_attn.q_proj.weight";
        assertFalse(learnt, Arrays.equals(weight(base, learnt), weight(model, learnt)));
        for (String name : Checkpoint.open(base).entries().keySet()) {
            if (name.startsWith("visual.") || name.startsWith("model.layers.1.")) {
                assertArrayEquals(name, weight(base, name), weight(model, name), 0);
            }
        }
        assertNothingIsLearnt(
                file.with("freeze", List.of("model", "visual", "lm_head")),
                "nothing is left to learn");
        assertNothingIsLearnt(file.with("freeze", List.of("vision")), "[freeze] names [vision]");
    }

    private static void assertNothingIsLearnt(RunFile file, String message) throws Exception {
        file.with("output", createTempDir().toString());
        RunSpec spec = file.spec();
        TrainingException e =
                expectThrows(TrainingException.class, () -> run(spec, new WatchedRun()));
        assertThat(e.getMessage(), containsString(message));
    }

    private static RunFile captions() throws Exception {
        RunFile file =
                new RunFile(createTempDir())
                        .with("data", CLIPS)
                        .with("loss", Map.of("name", "vill_e", "tau", 0.1))
                        .with("head", Map.of("pooling_tokens", 8, "mlp_dim", 32, "heads", 4))
                        .with("optimizer", Map.of("learning_rate", 0.005, "decay", "head"));
        file.json().remove("lora");
        return file;
    }

    public void testCaptionsAndAHead() throws Exception {
        WatchedRun told = new WatchedRun();
        Path whole = run(captions().with("steps", 8).spec(), told);
        StepReport last = told.reports.get(7);
        Map<String, Double> first = told.reports.get(0).parts();
        assertEquals(told.loss(1), first.get("caption") + first.get("contrastive"), 1e-4);
        assertThat(last.parts().get("caption"), lessThan(0.9 * first.get("caption")));
        // a kill loses nothing of the head either
        RunSpec spec = captions().with("steps", 8).spec();
        WatchedRun killed = new WatchedRun();
        killed.dieAfter = 5;
        expectThrows(WatchedRun.Killed.class, () -> run(spec, killed));
        Path again = run(spec, new WatchedRun());
        for (String file : List.of("kv_former.safetensors", "model.safetensors", "vidvec.json")) {
            assertEquals(file, -1, Files.mismatch(whole.resolve(file), again.resolve(file)));
        }
        JsonObject card =
                JsonParser.parseString(Files.readString(whole.resolve("vidvec.json")))
                        .getAsJsonObject();
        assertEquals("kv_former", card.get("pooling").getAsString());
        // its own head is learnt on, and a second one is refused
        RunFile on = captions().with("model", whole.toString()).with("steps", 1);
        TrainingException e =
                expectThrows(TrainingException.class, () -> run(on.spec(), new WatchedRun()));
        assertThat(e.getMessage(), containsString("[head] is for a new head, but the model in ["));
        on.json().remove("head");
        WatchedRun more = new WatchedRun();
        run(on.spec(), more);
        assertEquals(last.parts().get("caption"), more.reports.get(0).parts().get("caption"), 2);
    }

    public void testAHeadBesideMatricesIsServedOverItsBase() throws Exception {
        RunFile file = captions().with("steps", 2).with("lora", Map.of("rank", 2));
        Path adapter = run(file.spec(), new WatchedRun());
        assertEquals("adapter", adapter.getFileName().toString());
        Path models = createTempDir();
        copy(Parity.path("qwen2_vl_a/checkpoint"), models.resolve("checkpoint"));
        copy(adapter, models.resolve("learnt"));
        NativeLibraries natives = NativeLibraries.fromSystemProperty();
        FolderModelRepository served = new FolderModelRepository(models, natives, "cpu", 1);
        assertEquals(List.of("checkpoint", "learnt"), served.ids());
        EmbedInput input =
                new EmbedInput(
                        List.of(new Content.Text("A red fish")), EmbedInput.Role.QUERY, null);
        List<float[]> vectors = new ArrayList<>();
        for (String id : served.ids()) {
            try (LoadedModel model = served.load(id)) {
                vectors.add(model.embedder().embed(List.of(input)).get(0).vector());
            }
        }
        assertFalse(Arrays.equals(vectors.get(0), vectors.get(1)));
        // the head is read: without it the adapter gives other vectors
        Files.delete(models.resolve("learnt/vidvec.json"));
        try (LoadedModel model = served.load("learnt")) {
            float[] vector = model.embedder().embed(List.of(input)).get(0).vector();
            assertFalse(Arrays.equals(vectors.get(1), vector));
        }
    }

    private static void copy(Path from, Path to) throws Exception {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            // the framework puts folders of its own among a test's files
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(to.resolve(file.getFileName().toString()), Files.readAllBytes(file));
            }
        }
    }

    public void testFixedNumbersOfTokens() throws Exception {
        double[] losses = new double[2];
        for (int i = 0; i < 2; i++) {
            Map<String, Object> loss = Map.of("name", "vill_e", "tau", 0.1, "tokens", i);
            WatchedRun told = new WatchedRun();
            run(captions().with("loss", loss).with("steps", 1).spec(), told);
            losses[i] = told.reports.get(0).parts().get("contrastive");
        }
        assertNotEquals(losses[0], losses[1], 1e-6);
    }

    /** Captions of unequal lengths: a chunk counts by its tokens. */
    public void testCaptionsInChunks() throws Exception {
        WatchedRun whole = new WatchedRun();
        run(captions().with("steps", 2).spec(), whole);
        for (boolean recompute : new boolean[] {false, true}) {
            WatchedRun chunked = new WatchedRun();
            run(
                    captions()
                            .with("steps", 2)
                            .with("recompute", recompute)
                            .with("batch", Map.of("size", 4, "chunk", 3))
                            .spec(),
                    chunked);
            for (int step = 0; step < 2; step++) {
                StepReport one = whole.reports.get(step);
                StepReport other = chunked.reports.get(step);
                assertEquals(
                        one.gradient_norm(), other.gradient_norm(), 1e-3 * one.gradient_norm());
                for (String part : List.of("caption", "contrastive")) {
                    assertEquals(part, one.parts().get(part), other.parts().get(part), 1e-3);
                }
                assertEquals(one.loss(), other.loss(), 1e-3);
            }
        }
    }

    /** As many steps learn to find clips by the model's own words as well, chunks or not. */
    public void testEmbeddedByItsOwnWords() throws Exception {
        Map<String, Object> loss = Map.of("name", "vill_e", "tau", 0.1, "written", 1, "tokens", 4);
        WatchedRun told = new WatchedRun();
        run(captions().with("loss", loss).with("steps", 3).spec(), told);
        WatchedRun chunked = new WatchedRun();
        Map<String, Integer> batch = Map.of("size", 4, "chunk", 3);
        run(captions().with("loss", loss).with("batch", batch).with("steps", 3).spec(), chunked);
        WatchedRun trueWords = new WatchedRun();
        Map<String, Object> other = Map.of("name", "vill_e", "tau", 0.1, "tokens", 4);
        run(captions().with("loss", other).with("steps", 1).spec(), trueWords);
        Map<String, Double> first = told.reports.get(0).parts();
        // the captions' loss is of the true ones
        Map<String, Double> same = trueWords.reports.get(0).parts();
        assertEquals(same.get("caption"), first.get("caption"), 1e-4);
        assertNotEquals(same.get("contrastive"), first.get("contrastive"), 1e-4);
        double norm = told.reports.get(0).gradient_norm();
        assertEquals(norm, chunked.reports.get(0).gradient_norm(), 1e-3 * norm);
        assertEquals(told.loss(2), chunked.loss(2), 1e-2);
        RunFile file = captions().with("loss", loss);
        file.json().remove("head");
        TrainingException e =
                expectThrows(TrainingException.class, () -> run(file.spec(), new WatchedRun()));
        assertThat(e.getMessage(), containsString("[loss.written] is for a model with a head"));
    }

    /** Captions alone: a generative model learns, and nothing is embedded. */
    public void testCaptionsWithoutEmbeddings() throws Exception {
        WatchedRun both = new WatchedRun();
        run(captions().with("steps", 1).spec(), both);
        WatchedRun half = new WatchedRun();
        Map<String, Object> less = Map.of("name", "vill_e", "tau", 0.1, "contrastive", 0.5);
        run(captions().with("loss", less).with("steps", 1).spec(), half);
        Map<String, Double> parts = both.reports.get(0).parts();
        assertEquals(parts.get("caption") + parts.get("contrastive") / 2, half.loss(1), 1e-4);
        Map<String, Object> alone = Map.of("name", "vill_e", "contrastive", 0);
        for (int chunk : new int[] {0, 3}) {
            WatchedRun told = new WatchedRun();
            RunFile file = captions().with("loss", alone).with("steps", 6);
            file.json().remove("head");
            run(file.with("batch", Map.of("size", 4, "chunk", chunk)).spec(), told);
            assertEquals(Map.of("caption", told.loss(1)), told.reports.get(0).parts());
            assertEquals(parts.get("caption"), told.loss(1), 1e-3);
            assertThat(told.loss(6), lessThan(0.9 * told.loss(1)));
        }
        Map<String, Object> none = Map.of("name", "vill_e", "caption", 0, "contrastive", 0);
        TrainingException e =
                expectThrows(TrainingException.class, () -> captions().with("loss", none).spec());
        assertThat(e.getMessage(), containsString("there is nothing to learn"));
    }

    public void testSamplesAreCutToTheirLimit() throws Exception {
        WatchedRun all = new WatchedRun();
        run(captions().with("steps", 1).spec(), all);
        Map<Integer, Double> losses = new TreeMap<>();
        for (int most : new int[] {60, 1000}) {
            WatchedRun told = new WatchedRun();
            Map<String, Integer> batch = Map.of("size", 4, "max_tokens", most);
            run(captions().with("steps", 1).with("batch", batch).spec(), told);
            losses.put(most, told.reports.get(0).parts().get("caption"));
        }
        assertEquals(all.reports.get(0).parts().get("caption"), losses.get(1000), 1e-6);
        assertNotEquals(losses.get(1000), losses.get(60), 1e-4);
        RunFile file = captions().with("batch", Map.of("size", 4, "max_tokens", 10));
        TrainingException e =
                expectThrows(TrainingException.class, () -> run(file.spec(), new WatchedRun()));
        assertThat(e.getMessage(), containsString("[batch.max_tokens], [10]"));
    }

    /** A window is embedded by what the model writes about it. */
    public void testMomentsByAHead() throws Exception {
        Map<String, Object> moments = Map.of("moments", Map.of("frames", 2, "size", 56));
        RunFile file =
                captions()
                        .with("data", moments)
                        .with("loss", Map.of("name", "localization", "tau", 0.1))
                        .with("batch", Map.of("size", 2))
                        .with("steps", 2);
        WatchedRun told = new WatchedRun();
        run(file.spec(), told);
        assertThat(told.loss(1), lessThan(5 * Math.log(3)));
    }

    public void testARunOfAnOlderVersionGoesOn() {
        JsonObject before = json("{\"steps\": 5, \"optimizer\": {\"name\": \"lion\"}}");
        JsonObject now =
                json("{\"steps\": 5, \"new\": 1, \"optimizer\": {\"name\": \"lion\", \"x\": 2}}");
        assertNull(new RunComparison(before, now, json("{\"steps\": 5}")).difference());
        assertEquals(
                "[optimizer.x] null, not 2",
                new RunComparison(before, now, json("{\"optimizer\": {\"x\": 2}}")).difference());
        assertEquals(
                "[steps] 5, not 6",
                new RunComparison(before, json("{\"steps\": 6}"), json("{\"steps\": 6}"))
                        .difference());
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }
}
