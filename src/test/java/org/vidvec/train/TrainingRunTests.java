package org.vidvec.train;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.lessThan;
import static org.vidvec.train.WatchedRun.run;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.backbone.ReadoutPlan;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.DType;
import org.vidvec.engine.Safetensors;
import org.vidvec.engine.StoredFloats;
import org.vidvec.engine.TensorScope;
import org.vidvec.engine.WeightEntry;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.ModelParts;
import org.vidvec.model.TrainableModel;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.parity.Parity;
import org.vidvec.prompt.PreparedSequence;

/** Whole runs on a checkpoint with random weights: what they leave behind, and how they stop. */
public class TrainingRunTests extends ESTestCase {

    public void testTheSameRunTwice() throws Exception {
        byte[][] learnt = new byte[2][];
        for (int i = 0; i < 2; i++) {
            WatchedRun told = new WatchedRun();
            Path adapter = run(new RunFile(createTempDir()).spec(), told);
            learnt[i] = Files.readAllBytes(adapter.resolve("adapter_model.safetensors"));
            double first = told.reports.get(0).loss();
            assertThat("it learns", told.reports.get(5).loss(), lessThan(0.7 * first));
            List<String> log = Files.readAllLines(adapter.resolveSibling("log.jsonl"));
            assertEquals(6, log.size());
            assertEquals(
                    first,
                    JsonParser.parseString(log.get(0)).getAsJsonObject().get("loss").getAsDouble(),
                    0);
        }
        assertArrayEquals(learnt[0], learnt[1]);
    }

    public void testAnotherSeedLearnsAnother() throws Exception {
        Path one = run(new RunFile(createTempDir()).spec(), new WatchedRun());
        Path other = run(new RunFile(createTempDir()).with("seed", 8).spec(), new WatchedRun());
        String file = "adapter_model.safetensors";
        assertNotEquals(-1, Files.mismatch(one.resolve(file), other.resolve(file)));
    }

    public void testAKilledRunGoesOn() throws Exception {
        Path whole = run(new RunFile(createTempDir()).spec(), new WatchedRun());
        RunSpec spec = new RunFile(createTempDir()).spec();
        WatchedRun killed = new WatchedRun();
        killed.dieAfter = 5;
        expectThrows(WatchedRun.Killed.class, () -> run(spec, killed));
        Path run = spec.output();
        // a kill in the middle of a line and of a checkpoint
        Files.writeString(
                run.resolve("log.jsonl"),
                Files.readString(run.resolve("log.jsonl")) + "{\"step\":6,\"lo");
        Files.createDirectory(run.resolve("checkpoints/step-00000006.part"));
        WatchedRun again = new WatchedRun();
        Path adapter = run(spec, again);
        assertEquals("the last checkpoint", 4, again.from);
        assertEquals(2, again.reports.size());
        assertEquals(killed.reports.get(4).loss(), again.reports.get(0).loss(), 0);
        String file = "adapter_model.safetensors";
        assertEquals(-1, Files.mismatch(whole.resolve(file), adapter.resolve(file)));
        assertEquals(6, Files.readAllLines(run.resolve("log.jsonl")).size());
        assertFalse("only two are kept", Files.exists(run.resolve("checkpoints/step-00000002")));
        assertTrue(Files.exists(run.resolve("checkpoints/step-00000004")));
    }

    public void testGradientsOfChunksAreThoseOfTheWholeBatch() throws Exception {
        WatchedRun whole = new WatchedRun();
        run(new RunFile(createTempDir()).spec(), whole);
        WatchedRun chunks = new WatchedRun();
        Map<String, Integer> batch = Map.of("size", 4, "chunk", 3);
        run(new RunFile(createTempDir()).with("batch", batch).spec(), chunks);
        for (int i = 0; i < whole.reports.size(); i++) {
            StepReport expected = whole.reports.get(i);
            assertEquals(expected.loss(), chunks.reports.get(i).loss(), 1e-3 * expected.loss());
        }
        double norm = whole.reports.get(0).gradient_norm();
        assertEquals(norm, chunks.reports.get(0).gradient_norm(), 1e-5 * norm);
    }

    public void testBatchesThatAddUp() throws Exception {
        WatchedRun told = new WatchedRun();
        Map<String, Integer> batch = Map.of("size", 4, "accumulation", 3);
        run(new RunFile(createTempDir()).with("batch", batch).with("steps", 1).spec(), told);
        WatchedRun single = new WatchedRun();
        // a rate of nothing: the same three batches, one at a time
        Map<String, Object> still = Map.of("learning_rate", 0, "schedule", "constant");
        run(new RunFile(createTempDir()).with("optimizer", still).with("steps", 3).spec(), single);
        double mean = single.reports.stream().mapToDouble(StepReport::loss).average().orElseThrow();
        assertEquals(mean, told.reports.get(0).loss(), 1e-6);
        assertEquals(12, told.reports.get(0).samples());
    }

    /** Two tasks of half the weight and the same data are one whole task, their gradients too. */
    public void testTasksAddUp() throws Exception {
        WatchedRun whole = new WatchedRun();
        run(new RunFile(createTempDir()).with("steps", 1).spec(), whole);
        RunFile file = new RunFile(createTempDir()).with("steps", 1);
        JsonObject task = new JsonObject();
        for (String field : List.of("data", "loss")) {
            task.add(field, file.json().remove(field));
        }
        // all pairs at once, so that their order does not matter
        task.add("batch", new Gson().toJsonTree(Map.of("size", 12)));
        file.json().remove("batch");
        WatchedRun single = new WatchedRun();
        run(file.with("tasks", List.of(task)).spec(), single);
        task.addProperty("weight", 0.5);
        WatchedRun halves = new WatchedRun();
        run(file.with("output", "other").with("tasks", List.of(task, task)).spec(), halves);
        StepReport expected = single.reports.get(0);
        assertNotEquals(whole.reports.get(0).loss(), expected.loss(), 1e-3);
        assertEquals(expected.loss(), halves.reports.get(0).loss(), 1e-4);
        assertEquals(expected.gradient_norm(), halves.reports.get(0).gradient_norm(), 1e-3);
        assertEquals(24, halves.reports.get(0).samples());
    }

    public void testSourcesWithInstructionsOfTheirOwn() throws Exception {
        RunFile file = new RunFile(createTempDir());
        JsonObject plain = file.json().getAsJsonObject("data");
        JsonObject asked = plain.deepCopy();
        asked.addProperty("query_instruction", "Find what happens:");
        asked.addProperty("weight", 3);
        file.with("data", List.of(plain, asked));
        file.with("batch", Map.of("size", 4, "sub_batch", 2)).with("steps", 3);
        WatchedRun told = new WatchedRun();
        Path whole = run(file.spec(), told);
        assertEquals(3, told.reports.size());
        // the batches after a kill are those of a run that was left alone
        RunFile again = new RunFile(createTempDir());
        file.json().entrySet().stream()
                .filter(e -> e.getKey().equals("steps") == false)
                .forEach(e -> again.with(e.getKey(), e.getValue()));
        again.with("steps", 3).with("checkpoint_every", 1);
        WatchedRun killed = new WatchedRun();
        killed.dieAfter = 2;
        RunSpec spec = again.spec();
        expectThrows(WatchedRun.Killed.class, () -> run(spec, killed));
        Path adapter = run(spec, new WatchedRun());
        String name = "adapter_model.safetensors";
        assertEquals(-1, Files.mismatch(whole.resolve(name), adapter.resolve(name)));
        // and the instruction counts
        file.with("output", "other").with("data", List.of(plain, plain));
        WatchedRun other = new WatchedRun();
        run(file.spec(), other);
        assertNotEquals(told.reports.get(2).loss(), other.reports.get(2).loss(), 1e-6);
    }

    public void testALossThatIsNotFiniteStopsTheRun() throws Exception {
        Map<String, Object> wild = Map.of("learning_rate", 1e30, "schedule", "constant");
        RunSpec spec =
                new RunFile(createTempDir())
                        .with("optimizer", wild)
                        .with("checkpoint_every", 1)
                        .spec();
        TrainingException e =
                expectThrows(TrainingException.class, () -> run(spec, new WatchedRun()));
        assertThat(e.getMessage(), containsString("step [2] has the loss [NaN]"));
        assertThat(e.getMessage(), containsString("pairs.jsonl=["));
        assertTrue(Files.exists(spec.output().resolve("checkpoints/step-00000001")));
        assertFalse(Files.exists(spec.output().resolve("adapter")));
    }

    public void testAnotherRunInTheFolder() throws Exception {
        RunFile file = new RunFile(createTempDir()).with("steps", 1);
        run(file.spec(), new WatchedRun());
        RunSpec other = file.with("seed", 8).spec();
        TrainingException e =
                expectThrows(TrainingException.class, () -> run(other, new WatchedRun()));
        assertThat(e.getMessage(), containsString("was begun with [seed] 7, not 8"));
    }

    public void testAModelThatIsNotThere() throws Exception {
        RunFile file = new RunFile(createTempDir()).with("model", "models/gone");
        RunSpec spec = file.spec();
        TrainingException e =
                expectThrows(TrainingException.class, () -> run(spec, new WatchedRun()));
        assertThat(e.getMessage(), containsString("[model] names the folder ["));
        assertThat(e.getMessage(), containsString("models/gone], and there is none"));
        // beside the description, not where the command is given
        assertThat(e.getMessage(), containsString(spec.output().getParent().toString()));
    }

    public void testTargetsThatAreNotThere() throws Exception {
        RunSpec spec =
                new RunFile(createTempDir()).with("lora", Map.of("targets", "visual.*")).spec();
        TrainingException e =
                expectThrows(TrainingException.class, () -> run(spec, new WatchedRun()));
        assertThat(e.getMessage(), containsString("the target [visual.*] is none"));
    }

    /** The adapter loaded by PEFT's rules, and the whole model with it merged, embed the same. */
    public void testWhatWasLearntIsWhatIsServed() throws Exception {
        Map<String, Object> lora = Map.of("rank", 2, "alpha", 8, "merge", true);
        RunSpec spec = new RunFile(createTempDir()).with("lora", lora).spec();
        Path model = run(spec, new WatchedRun());
        assertEquals("model", model.getFileName().toString());
        float[] merged = embed(model, null);
        float[] adapted = embed(spec.model(), model.resolveSibling("adapter"));
        assertArrayEquals(merged, adapted, 2e-4f);
        float[] before = embed(spec.model(), null);
        float apart = 0;
        for (int i = 0; i < before.length; i++) {
            apart = Math.max(apart, Math.abs(before[i] - merged[i]));
        }
        assertTrue("[" + apart + "]", apart > 0.05);
        Path again = createTempDir();
        Map<String, Object> from =
                Map.of("rank", 2, "alpha", 8, "from", model.resolveSibling("adapter").toString());
        Map<String, Object> still = Map.of("learning_rate", 0);
        Path kept =
                run(
                        new RunFile(again).with("lora", from).with("optimizer", still).spec(),
                        new WatchedRun());
        String file = "adapter_model.safetensors";
        Path learnt = model.resolveSibling("adapter").resolve(file);
        assertEquals(-1, Files.mismatch(learnt, kept.resolve(file)));
    }

    /** Layers behind the one that is embedded learn nothing, and the card says which it is. */
    public void testAnEarlierLayerIsEmbedded() throws Exception {
        String file = "adapter_model.safetensors";
        Path card = run(new RunFile(createTempDir()).spec(), new WatchedRun());
        Path last = run(new RunFile(createTempDir()).with("layer", 0).spec(), new WatchedRun());
        assertEquals(-1, Files.mismatch(card.resolve(file), last.resolve(file)));
        Path first = run(new RunFile(createTempDir()).with("layer", 1).spec(), new WatchedRun());
        assertEquals(1, layerOfCard(first));
        assertEquals("cards count from 1", 5, layerOfCard(last));
        for (WeightEntry entry : Safetensors.open(first.resolve(file)).entries().values()) {
            if (entry.name().contains("lora_B")) {
                boolean learnt = false;
                for (float value : StoredFloats.read(entry)) {
                    learnt |= value != 0;
                }
                assertEquals(entry.name(), entry.name().contains("layers.0."), learnt);
            }
        }
        RunSpec missing = new RunFile(createTempDir()).with("layer", 99).spec();
        TrainingException e =
                expectThrows(TrainingException.class, () -> run(missing, new WatchedRun()));
        assertThat(e.getMessage(), containsString("[layer] is [99], but the model has ["));
        RunFile head = new RunFile(createTempDir()).with("layer", 1);
        head.with("head", Map.of("name", "kv_former"));
        e = expectThrows(TrainingException.class, head::spec);
        assertThat(e.getMessage(), containsString("[layer] is [1], but a [head] reads the last"));
    }

    private static int layerOfCard(Path adapter) throws Exception {
        String card = Files.readString(adapter.resolve("vidvec.json"));
        return JsonParser.parseString(card).getAsJsonObject().get("layer").getAsInt();
    }

    public void testAllWeights() throws Exception {
        RunFile file =
                new RunFile(createTempDir()).with("optimizer", Map.of("learning_rate", 1e-3));
        file.json().remove("lora");
        WatchedRun told = new WatchedRun();
        Path model = run(file.spec(), told);
        assertThat(told.reports.get(5).loss(), lessThan(0.7 * told.reports.get(0).loss()));
        assertEquals(names(Parity.path("qwen2_vl_a/checkpoint")), names(model));
        embed(model, null);
    }

    private static List<String> names(Path model) throws Exception {
        return Checkpoint.open(model).entries().keySet().stream().sorted().toList();
    }

    private static float[] embed(Path model, Path adapter) throws Exception {
        NativeLibraries natives = NativeLibraries.fromSystemProperty();
        PreparedSequence sequence;
        Content text = new Content.Text("Three dolphins dance past a field");
        try (TrainableModel base = TrainableModel.open(natives, model, 1)) {
            sequence = base.prepare(new EmbedInput(List.of(text), EmbedInput.Role.QUERY, null));
        }
        try (ModelParts parts = ModelParts.open(natives, model, 1);
                VisionLanguageNetwork network = parts.network(DType.FLOAT32, adapter)) {
            ReadoutPlan plan = ReadoutPlan.state(network.layers(), ReadoutPlan.Pooling.LAST);
            return network.read(List.of(sequence), plan).get(0).state();
        }
    }

    public void testNothingIsLeftBehind() throws Exception {
        long before = TensorScope.liveTensors();
        run(new RunFile(createTempDir()).with("steps", 2).spec(), new WatchedRun());
        assertEquals(before, TensorScope.liveTensors());
    }
}
