package org.vidvec.train;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.lessThan;
import static org.vidvec.train.WatchedRun.run;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.StoredFloats;
import org.vidvec.engine.StoredType;
import org.vidvec.engine.TensorScope;
import org.vidvec.engine.WeightEntry;
import org.vidvec.lessons.LessonPlan;
import org.vidvec.lessons.Skill;
import org.vidvec.model.TrainableModel;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.world.Difficulty;
import org.vidvec.world.Source;
import org.vidvec.world.Topic;

/** Runs from nothing: a new model learns lessons about the generated world. */
public class LessonRunTests extends ESTestCase {

    static final String RUN =
            """
            {
              "model": {"new": {
                "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2,
                "num_key_value_heads": 1, "intermediate_size": 48, "vocab_size": 600,
                "vision": {"depth": 1, "embed_dim": 32, "num_heads": 2}
              }},
              "output": "run",
              "data": {"world": {
                "frames": 2, "size": 56, "sources": {"clip": 1, "image": 1},
                "turns": {"captions": 1, "questions": 1, "matches": 1, "words": 1}
              }},
              "loss": {"name": "next_token"},
              "evaluation": {"every": 3, "clips": 3},
              "optimizer": {"learning_rate": 0.01, "warmup_steps": 2},
              "batch": {"size": 3},
              "steps": 6, "checkpoint_every": 2, "seed": 7, "threads": 1
            }
            """;

    static RunSpec spec(Path folder, String text) throws Exception {
        Path file = folder.resolve("run.json");
        Files.writeString(file, text);
        return RunSpec.read(file);
    }

    public void testTheSameRunTwiceAndAfterAKill() throws Exception {
        WatchedRun told = new WatchedRun();
        Path one = run(spec(createTempDir(), RUN), told);
        assertThat(
                "it learns",
                told.reports.get(5).loss(),
                lessThan(0.95 * told.reports.get(0).loss()));
        assertEquals(3, told.reports.get(0).samples());
        Path two = run(spec(createTempDir(), RUN), new WatchedRun());
        assertEquals(-1, Files.mismatch(weights(one), weights(two)));

        RunSpec spec = spec(createTempDir(), RUN);
        WatchedRun killed = new WatchedRun();
        killed.dieAfter = 5;
        expectThrows(WatchedRun.Killed.class, () -> run(spec, killed));
        Path late = new TrainingRun(spec, NativeLibraries.fromSystemProperty(), killed).export();
        assertNotEquals("of step 4", -1, Files.mismatch(weights(one), weights(late)));
        WatchedRun again = new WatchedRun();
        Path three = run(spec, again);
        assertEquals(2, again.reports.size());
        assertEquals(-1, Files.mismatch(weights(one), weights(three)));
    }

    /** Two that write into one folder would mix their checkpoints; an export may look on. */
    public void testOneRunAtATime() throws Exception {
        RunSpec spec = spec(createTempDir(), RUN);
        List<String> refused = new ArrayList<>();
        RunListener first =
                new RunListener() {
                    @Override
                    public void begins(int from, int steps, long parameters, List<String> notes) {}

                    @Override
                    public void stepped(StepReport report) {
                        refused.add(
                                expectThrows(
                                                TrainingException.class,
                                                () -> run(spec, new WatchedRun()))
                                        .getMessage());
                    }
                };
        new TrainingRun(spec, NativeLibraries.fromSystemProperty(), first).run();
        assertEquals(6, refused.size());
        assertThat(refused.get(0), containsString("goes on elsewhere"));
        run(spec, new WatchedRun());
    }

    /** Cut into parts, a batch has the same losses and gradients but for rounding. */
    public void testPartsAtOnce() throws Exception {
        WatchedRun told = new WatchedRun();
        Path one = run(spec(createTempDir(), RUN), told);
        String cut = RUN.replace("\"size\": 3", "\"size\": 3, \"parallel\": 2");
        WatchedRun parts = new WatchedRun();
        Path two = run(spec(createTempDir(), cut), parts);
        assertEquals(told.reports.get(0).loss(), parts.reports.get(0).loss(), 1e-5);
        assertEquals(
                told.reports.get(0).gradient_norm(), parts.reports.get(0).gradient_norm(), 1e-4);
        assertEquals(told.reports.get(0).parts().keySet(), parts.reports.get(0).parts().keySet());
        for (String part : List.of("caption", "answer", "one_word", "told", "match")) {
            assertEquals(
                    part,
                    told.reports.get(0).parts().get(part),
                    parts.reports.get(0).parts().get(part),
                    1e-5);
        }
        assertEquals(told.reports.get(5).loss(), parts.reports.get(5).loss(), 0.01);
        Path again = run(spec(createTempDir(), cut), new WatchedRun());
        assertEquals("the same twice", -1, Files.mismatch(weights(two), weights(again)));
        assertNotEquals("rounded otherwise", -1, Files.mismatch(weights(one), weights(two)));
        TrainingException e =
                expectThrows(
                        TrainingException.class,
                        () ->
                                spec(
                                        createTempDir(),
                                        cut.replace("\"seed\"", "\"recompute\": true, \"seed\"")));
        assertThat(e.getMessage(), containsString("[batch.parallel] is [2], but with [recompute]"));
    }

    /** A run that is to stop waits for its parts: they compute with a model that it closes. */
    public void testAStoppedRunLeavesNoPartBehind() throws Exception {
        String cut = RUN.replace("\"size\": 3", "\"size\": 3, \"parallel\": 2");
        long before = TensorScope.liveTensors();
        RunListener stops =
                new RunListener() {
                    @Override
                    public void begins(int done, int steps, long parameters, List<String> told) {}

                    @Override
                    public void stepped(StepReport report) {
                        Thread.currentThread().interrupt();
                    }
                };
        TrainingRun run =
                new TrainingRun(
                        spec(createTempDir(), cut), NativeLibraries.fromSystemProperty(), stops);
        try {
            IllegalStateException e = expectThrows(IllegalStateException.class, run::run);
            assertThat(e.getMessage(), containsString("stopped while lessons were"));
        } finally {
            assertTrue("it is still to stop", Thread.interrupted());
        }
        assertEquals(before, TensorScope.liveTensors());
    }

    /** One word is learnt by the layers up to the one that it is read from, and by no other. */
    public void testOneWordFromAnEarlierLayer() throws Exception {
        String last = RUN.replace("\"next_token\"", "\"next_token\", \"one_word_layer\": 2");
        Path whole = run(spec(createTempDir(), RUN), new WatchedRun());
        Path same = run(spec(createTempDir(), last), new WatchedRun());
        assertEquals("the last is what is read anyway", -1, mismatch(whole, same));

        String words =
                RUN.replace(
                                "\"captions\": 1, \"questions\": 1, \"matches\": 1",
                                "\"captions\": 0, \"questions\": 0, \"matches\": 0")
                        .replace("\"next_token\"", "\"next_token\", \"one_word_layer\": 1")
                        .replace("\"learning_rate\"", "\"weight_decay\": 0, \"learning_rate\"");
        WatchedRun told = new WatchedRun();
        Checkpoint after = Checkpoint.open(run(spec(createTempDir(), words), told));
        Checkpoint before =
                Checkpoint.open(
                        run(
                                spec(
                                        createTempDir(),
                                        words.replace("\"steps\": 6", "\"steps\": 1")),
                                new WatchedRun()));
        assertThat(told.reports.get(5).loss(), lessThan(told.reports.get(0).loss()));
        for (String matrix : List.of("self_attn.q_proj", "mlp.down_proj")) {
            assertFalse(Arrays.equals(floats(before, 0, matrix), floats(after, 0, matrix)));
            assertArrayEquals(floats(before, 1, matrix), floats(after, 1, matrix), 0);
        }
        Exception e =
                expectThrows(
                        Exception.class,
                        () ->
                                run(
                                        spec(
                                                createTempDir(),
                                                last.replace("_layer\": 2", "_layer\": 3")),
                                        new WatchedRun()));
        assertThat(
                e.getMessage(),
                containsString("[loss.one_word_layer] is [3], but the model has [2] layers"));
    }

    private static float[] floats(Checkpoint checkpoint, int layer, String matrix)
            throws Exception {
        return StoredFloats.read(
                checkpoint.entries().get("model.layers." + layer + "." + matrix + ".weight"));
    }

    private static long mismatch(Path one, Path other) throws Exception {
        return Files.mismatch(weights(one), weights(other));
    }

    private static Path weights(Path model) {
        return model.resolve("model.safetensors");
    }

    public void testWhatIsLogged() throws Exception {
        WatchedRun told = new WatchedRun();
        run(spec(createTempDir(), RUN.replace("\"steps\": 6", "\"steps\": 3")), told);
        for (Skill skill : Skill.values()) {
            double first = told.reports.get(0).parts().get(skill.toString());
            // nothing is known: about as likely as any of some 620 tokens
            assertEquals(skill.toString(), Math.log(620), first, 0.3);
        }
        assertEquals(Math.log(2), told.reports.get(0).parts().get("match"), 0.1);
        JsonObject parts = new Gson().toJsonTree(told.reports.get(2).parts()).getAsJsonObject();
        for (String name :
                List.of("recall_1_layer_2", "match_attribute", "match_near", "caption_words")) {
            double value = parts.get("validation." + name).getAsDouble();
            assertTrue(name + " " + value, value >= 0 && value <= 1);
        }
        assertFalse(told.reports.get(1).parts().containsKey("validation.match_near"));
    }

    /** A model in bfloat16 goes on as the base of another run, and rounds as PyTorch does. */
    public void testWrittenInHalfTheBytes() throws Exception {
        Path folder = createTempDir();
        Path whole = run(spec(folder, RUN), new WatchedRun());
        String half = RUN.replace("\"seed\": 7", "\"seed\": 7, \"dtype\": \"bfloat16\"");
        Path written = run(spec(createTempDir(), half), new WatchedRun());
        Checkpoint expected = Checkpoint.open(whole);
        for (WeightEntry entry : Checkpoint.open(written).entries().values()) {
            assertEquals(StoredType.BF16, entry.type());
            float[] exact = StoredFloats.read(expected.entries().get(entry.name()));
            float[] rounded = StoredFloats.read(entry);
            for (int i = 0; i < exact.length; i++) {
                assertEquals(exact[i], rounded[i], Math.abs(exact[i]) / 256);
                assertEquals(0, Float.floatToIntBits(rounded[i]) & 0xffff);
            }
        }
        String config = Files.readString(written.resolve("config.json"));
        assertThat(config, containsString("\"torch_dtype\": \"bfloat16\""));
        try (TrainableModel model =
                TrainableModel.open(NativeLibraries.fromSystemProperty(), written, 1)) {
            assertEquals(32, model.network().hiddenSize());
        }
        JsonObject next = JsonParser.parseString(RUN).getAsJsonObject();
        next.addProperty("model", written.toString());
        next.addProperty("steps", 1);
        WatchedRun told = new WatchedRun();
        run(spec(createTempDir(), next.toString()), told);
        assertThat(told.reports.get(0).parts().get("caption"), lessThan(Math.log(600)));
    }

    public void testTheRecipes() throws Exception {
        Path recipes =
                PathUtils.get(System.getProperty("vidvec.project.dir")).resolve("src/main/recipes");
        RunSpec first = RunSpec.read(recipes.resolve("tiny-mllm.json"));
        TaskSpec.Lessons captions = (TaskSpec.Lessons) first.tasks().get(0);
        assertEquals(0, captions.plan().turns().matches());
        assertEquals(3, captions.plan().sources().get(Source.CLIP), 0);
        assertEquals("single figures first", 0.7, captions.plan().alone(), 0);
        assertEquals(StoredType.BF16, first.dtype());
        assertNotNull(first.base().fresh());
        RunSpec before = first;
        for (String name :
                List.of(
                        "scenes",
                        "settle",
                        "near",
                        "pages",
                        "shapes",
                        "figures",
                        "moving",
                        "verdicts",
                        "words",
                        "names",
                        "titles",
                        "outlines",
                        "clear",
                        "crowds",
                        "all",
                        "colours",
                        "textures",
                        "motions",
                        "signs",
                        "claims",
                        "whole",
                        "deeds",
                        "sure",
                        "grounds",
                        "done",
                        "pictures",
                        "parts",
                        "navy",
                        "black",
                        "grey",
                        "brown",
                        "judging",
                        "last",
                        "several",
                        "company",
                        "rows")) {
            RunSpec next = RunSpec.read(recipes.resolve("tiny-mllm-" + name + ".json"));
            assertEquals(name, before.output().resolve("model"), next.model());
            before = next;
        }
        LessonPlan last = ((TaskSpec.Lessons) before.tasks().get(0)).plan();
        assertEquals(9, last.turns().matches());
        assertEquals("rows and columns", 0.95, last.several(), 0);
        assertEquals("motions first", 3, last.emphasis().wrong().get(Topic.MOTION), 0);
        assertFalse("no cells of tables", last.topics().containsKey(Topic.VALUE));
    }

    public void testWrongTextsStayAsTheyAreUnlessARunSaysOtherwise() throws Exception {
        String near = "\"negatives\": {\"near\": 2, \"easy\": 0}, \"wrong\": {\"motion\": 3}";
        String run = RUN.replace("\"turns\"", near + ", \"turns\"");
        RunSpec spec = spec(createTempDir(), run);
        LessonPlan plan = ((TaskSpec.Lessons) spec.tasks().get(0)).plan();
        assertEquals(
                Map.of(
                        Difficulty.ATTRIBUTE,
                        1.,
                        Difficulty.EASY,
                        0.,
                        Difficulty.NEAR,
                        2.,
                        Difficulty.PART,
                        0.),
                plan.curriculum().first());
        assertEquals(plan.curriculum().first(), plan.curriculum().last());
        assertEquals(Map.of(Topic.MOTION, 3.), plan.emphasis().wrong());
        String ground = run.replace("\"negatives\"", "\"grounds\": [\"beige\"], \"negatives\"");
        TrainingException unknown =
                expectThrows(TrainingException.class, () -> spec(createTempDir(), ground));
        assertThat(
                unknown.getMessage(),
                containsString(
                        "[data.world.grounds] is [\"beige\"]; it must be a list of some of [black, grey, brown, navy]"));
        String cells = run.replace("{\"motion\": 3}", "{\"value\": 3}");
        TrainingException e =
                expectThrows(TrainingException.class, () -> spec(createTempDir(), cells));
        assertThat(e.getMessage(), containsString("unknown field [data.world.wrong.value]"));
    }

    public void testPartsOfTheSubjectsAreOneAtMost() throws Exception {
        String run = RUN.replace("\"turns\"", "\"alone\": 0.25, \"several\": 0.75, \"turns\"");
        LessonPlan plan = ((TaskSpec.Lessons) spec(createTempDir(), run).tasks().get(0)).plan();
        assertEquals(0.75, plan.several(), 0);
        String more = run.replace("0.25", "0.5");
        TrainingException e =
                expectThrows(TrainingException.class, () -> spec(createTempDir(), more));
        assertThat(
                e.getMessage(),
                containsString(
                        "[alone] and [several] are parts of all clips and images, but [0.5] and"
                                + " [0.75] are more than [1]"));
    }

    public void testUnknownFields() {
        TrainingException e =
                expectThrows(
                        TrainingException.class,
                        () -> spec(createTempDir(), RUN.replace("\"captions\"", "\"caption\"")));
        assertThat(
                e.getMessage(),
                containsString("unknown field [data.world.turns.caption]; known here are"));
    }
}
