package org.vidvec.train;

import static org.hamcrest.Matchers.containsString;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;

/** What a description may say, and how it is refused. */
public class RunSpecTests extends ESTestCase {

    public void testDefaultsAreInForce() throws Exception {
        RunSpec spec = new RunFile(createTempDir()).spec();
        assertEquals(new StepRule.AdamW(0.9, 0.999, 1e-8, 0.01), spec.rule());
        assertEquals(new TaskSpec.Batch(4, 4, 0, 0, 4), pairs(spec).batch());
        assertEquals(new RunSpec.Sum(1, 1), spec.sum());
        assertEquals(new PairLoss.InfoNce(0.05, true), pairs(spec).loss());
        assertEquals(Schedule.Shape.COSINE, spec.schedule().shape());
        assertEquals(
                "[data]",
                "fail",
                spec.inForce().getAsJsonObject("data").get("bad_lines").getAsString());
        assertEquals(8, spec.inForce().getAsJsonObject("lora").get("alpha").getAsInt());
        assertTrue(spec.model().isAbsolute());
        assertEquals("run", spec.output().getFileName().toString());
    }

    private static TaskSpec.Pairs pairs(RunSpec spec) {
        return (TaskSpec.Pairs) spec.tasks().get(0);
    }

    public void testSeveralTasks() throws Exception {
        RunFile file = new RunFile(createTempDir());
        JsonObject task = new JsonObject();
        for (String field : List.of("data", "loss", "batch")) {
            task.add(field, file.json().remove(field));
        }
        JsonObject other = task.deepCopy();
        other.addProperty("weight", 0.5);
        file.with("tasks", List.of(task, other)).with("batch", Map.of("accumulation", 2));
        RunSpec spec = file.spec();
        assertEquals(2, spec.tasks().size());
        assertEquals(0.5, spec.tasks().get(1).weight(), 0);
        assertEquals(2, spec.sum().accumulation());
        task.getAsJsonObject("batch").addProperty("accumulation", 2);
        file.with("tasks", List.of(task));
        TrainingException e = expectThrows(TrainingException.class, file::spec);
        assertThat(e.getMessage(), containsString("unknown field [tasks[0].batch.accumulation]"));
    }

    public void testOtherChoices() throws Exception {
        RunFile file = new RunFile(createTempDir());
        file.with("loss", Map.of("name", "dual_softmax", "symmetric", false, "scale", 20));
        file.with("optimizer", Map.of("name", "lion", "learning_rate", 1e-5, "schedule", "linear"));
        file.json().remove("lora");
        RunSpec spec = file.spec();
        assertEquals(new PairLoss.Dual(new DualSoftmax(1, 20, 1), false), pairs(spec).loss());
        assertEquals(new StepRule.Lion(0.9, 0.99, 0.01), spec.rule());
        assertEquals(new Learning.Full(), spec.learning());
    }

    public void testMuon() throws Exception {
        RunFile file = new RunFile(createTempDir());
        file.with("optimizer", Map.of("name", "muon", "learning_rate", 1, "momentum", 0.9));
        StepRule.AdamW others = new StepRule.AdamW(0.9, 0.999, 1e-8, 0.01);
        assertEquals(new StepRule.Muon(0.9, others), file.spec().rule());
        refused(
                "unknown field [optimizer.momentum]",
                "optimizer",
                Map.of("name", "adamw", "learning_rate", 1, "momentum", 0.9));
    }

    public void testUnknownFields() throws Exception {
        refused("unknown field [step_count]; known here are ", "step_count", 3);
        refused(
                "unknown field [lora.ranks]; known here are [rank, alpha, targets, from, merge]",
                "lora",
                Map.of("ranks", 3));
        refused("unknown field [freeze]", "freeze", List.of("visual"));
        // of the other loss
        refused("unknown field [loss.scale]", "loss", Map.of("name", "info_nce", "scale", 3));
        refused(
                "unknown field [optimizer.epsilon]",
                "optimizer",
                Map.of("name", "lion", "learning_rate", 1, "epsilon", 1));
    }

    public void testWrongValues() throws Exception {
        refused("[steps] is 0; it must be a whole number from [1] on", "steps", 0);
        refused("[seed] is 1.5; it must be a whole number from [0] on", "seed", 1.5);
        refused("[optimizer.learning_rate] is missing", "optimizer", Map.of("name", "adamw"));
        refused(
                "[optimizer.beta1] is 1.0; it must be a number from [0] to below [1]",
                "optimizer",
                Map.of("learning_rate", 1, "beta1", 1.0));
        refused(
                "[loss.name] is \"hinge\"; it must be one of [info_nce, dual_softmax, vill_e]",
                "loss",
                Map.of("name", "hinge"));
        refused("[batch] is 3; it must be an object", "batch", 3);
        refused("[lora.targets] is []", "lora", Map.of("targets", List.of()));
        refused(
                "[batch.size] is [10]; it must be a multiple of [batch.sub_batch], [4]",
                "batch",
                Map.of("size", 10, "sub_batch", 4));
        refused(
                "[data[1].weight] is 0; it must be a number from",
                "data",
                List.of(Map.of("pairs", "a"), Map.of("pairs", "b", "weight", 0)));
        refused("[data] is []; it must be an object or a list of objects", "data", List.of());
        refused("[q_(] is no regular expression", "lora", Map.of("targets", "q_("));
        refused(
                "[data.balance.field] is [labels], a field of lines, but a set is read by its",
                "data",
                Map.of("set", "a", "balance", Map.of("field", "labels")));
    }

    private static void refused(String message, String field, Object value) throws Exception {
        RunFile file = new RunFile(createTempDir()).with(field, value);
        TrainingException e = expectThrows(TrainingException.class, file::spec);
        assertThat(e.getMessage(), containsString("run.json]: " + message));
    }

    public void testTheRecipe() throws Exception {
        Path project = PathUtils.get(System.getProperty("vidvec.project.dir"));
        RunSpec spec = RunSpec.read(project.resolve("src/main/recipes/vidvec-align.json"));
        // VidVec, section 5.1 and appendix D
        Learning.Lora lora = (Learning.Lora) spec.learning();
        assertEquals(64, lora.settings().rank());
        assertEquals(2, lora.settings().scale(), 0);
        assertEquals(288, pairs(spec).batch().size());
        assertEquals("an epoch of 60,000", 60_000 / 288, spec.schedule().steps());
        assertEquals(new PairLoss.Dual(new DualSoftmax(1, 100, 1), true), pairs(spec).loss());
    }

    /** Every field that counts in a run of each kind stands in docs/training.md. */
    public void testEveryFieldIsDocumented() throws Exception {
        Path project = PathUtils.get(System.getProperty("vidvec.project.dir"));
        String text = Files.readString(project.resolve("docs/training.md"));
        RunFile lion = new RunFile(createTempDir());
        lion.with("optimizer", Map.of("name", "lion", "learning_rate", 1));
        lion.with("loss", Map.of("name", "dual_softmax"));
        RunFile muon = new RunFile(createTempDir());
        muon.with("optimizer", Map.of("name", "muon", "learning_rate", 1));
        for (RunSpec spec :
                List.of(new RunFile(createTempDir()).spec(), lion.spec(), muon.spec())) {
            for (Map.Entry<String, JsonElement> field : spec.inForce().entrySet()) {
                if (field.getValue().isJsonObject()) {
                    for (String inner : field.getValue().getAsJsonObject().keySet()) {
                        boolean there =
                                text.contains("`" + field.getKey() + "." + inner + "`")
                                        || text.contains("`." + inner + "`");
                        assertTrue(field.getKey() + "." + inner, there);
                    }
                } else {
                    assertTrue(field.getKey(), text.contains("| `" + field.getKey() + "` |"));
                }
            }
        }
    }

    /** And so does every field that counts in a recipe, however deep. */
    public void testEveryFieldOfARecipeIsDocumented() throws Exception {
        Path project = PathUtils.get(System.getProperty("vidvec.project.dir"));
        String text = Files.readString(project.resolve("docs/training.md"));
        try (Stream<Path> recipes = Files.list(project.resolve("src/main/recipes"))) {
            for (Path recipe : recipes.sorted().toList()) {
                for (String field : fields(RunSpec.read(recipe).inForce())) {
                    boolean there =
                            List.of("`" + field + "`", "." + field + "`", "\"" + field + "\"")
                                    .stream()
                                    .anyMatch(text::contains);
                    assertTrue("[" + field + "] of [" + recipe + "]", there);
                }
            }
        }
    }

    private static Set<String> fields(JsonElement element) {
        Set<String> fields = new TreeSet<>();
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(inner -> fields.addAll(fields(inner)));
        }
        if (element.isJsonObject()) {
            for (Map.Entry<String, JsonElement> field : element.getAsJsonObject().entrySet()) {
                if (field.getValue().isJsonObject() == false) {
                    fields.add(field.getKey());
                }
                fields.addAll(fields(field.getValue()));
            }
        }
        return fields;
    }

    public void testRates() {
        Schedule linear = new Schedule(Schedule.Shape.LINEAR, 8, 2, 0.25, 6, 6);
        double[] rates = new double[6];
        for (int step = 1; step <= 6; step++) {
            rates[step - 1] = linear.rate(step);
        }
        assertArrayEquals(new double[] {4, 8, 8, 6.5, 5, 3.5}, rates, 1e-9);
        Schedule cosine = new Schedule(Schedule.Shape.COSINE, 1, 0, 0, 4, 4);
        assertEquals(1, cosine.rate(1), 0);
        assertEquals(0.5, cosine.rate(3), 1e-9);
        Schedule early = new Schedule(Schedule.Shape.COSINE, 1, 0, 0.25, 4, 100);
        assertEquals(cosine.rate(3) * 0.75 + 0.25, early.rate(3), 1e-9);
        assertEquals(0.25, early.rate(5), 1e-9);
        assertEquals(0.25, early.rate(100), 1e-9);
        assertEquals(1, new Schedule(Schedule.Shape.CONSTANT, 1, 0, 0, 4, 4).rate(4), 0);
    }
}
