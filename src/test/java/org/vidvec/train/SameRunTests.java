package org.vidvec.train;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.scratch.ModelShape;
import org.vidvec.scratch.NewModel;

/**
 * The same run twice, and one that was killed at some step, end with the same weights: with all
 * weights and with LoRA, with each optimizer, and with parts of a batch learnt at once.
 */
public class SameRunTests extends ESTestCase {

    /** A run that is described anew for each folder. */
    @FunctionalInterface
    private interface Described {
        RunSpec in(Path folder) throws Exception;
    }

    private static Path weights(Path learnt) {
        Path adapter = learnt.resolve("adapter_model.safetensors");
        return Files.exists(adapter) ? adapter : learnt.resolve("model.safetensors");
    }

    /** What was learnt. */
    private static Path check(Described described) throws Exception {
        WatchedRun alone = new WatchedRun();
        Path wanted = weights(WatchedRun.run(described.in(createTempDir()), alone));
        Path again = weights(WatchedRun.run(described.in(createTempDir()), new WatchedRun()));
        assertEquals("the same twice", -1, Files.mismatch(wanted, again));
        int steps = alone.reports.size();
        WatchedRun killed = new WatchedRun();
        killed.dieAfter = 1 + random().nextInt(steps - 1);
        String at = "killed after [" + killed.dieAfter + "]";
        RunSpec spec = described.in(createTempDir());
        expectThrows(WatchedRun.Killed.class, () -> WatchedRun.run(spec, killed));
        WatchedRun rest = new WatchedRun();
        Path late = weights(WatchedRun.run(spec, rest));
        assertEquals(at, killed.dieAfter - killed.dieAfter % 2, rest.from);
        assertEquals(at, steps, rest.from + rest.reports.size());
        assertEquals(at, alone.loss(steps), rest.loss(rest.reports.size()), 1e-3);
        assertEquals(at, -1, Files.mismatch(wanted, late));
        return wanted;
    }

    /** Each learns something else: none is the same by doing nothing. */
    private static void allDiffer(List<Path> weights) throws Exception {
        for (int i = 0; i < weights.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertNotEquals(-1, Files.mismatch(weights.get(i), weights.get(j)));
            }
        }
    }

    private static List<Path> optimizers(boolean lora) throws Exception {
        List<Path> learnt = new ArrayList<>();
        for (String name : List.of("adamw", "lion", "muon")) {
            learnt.add(
                    check(
                            folder -> {
                                Map<String, Object> optimizer =
                                        Map.of("name", name, "learning_rate", 1e-3);
                                RunFile file = new RunFile(folder).with("optimizer", optimizer);
                                if (lora == false) {
                                    file.json().remove("lora");
                                }
                                return file.with("steps", 5).spec();
                            }));
        }
        return learnt;
    }

    public void testAllWeights() throws Exception {
        allDiffer(optimizers(false));
    }

    public void testLora() throws Exception {
        allDiffer(optimizers(true));
    }

    /** Two threads learn parts of a batch, which a third has drawn. */
    public void testPartsAtOnce() throws Exception {
        Path base = createTempDir();
        ModelShape.Vision tower = new ModelShape.Vision(1, 32, 2);
        new NewModel(new ModelShape(32, 2, 2, 1, 48, tower, 600), 7).write(base);
        JsonObject run = JsonParser.parseString(LessonRunTests.RUN).getAsJsonObject();
        run.addProperty("model", base.toString());
        run.addProperty("steps", 4);
        run.remove("evaluation");
        run.getAsJsonObject("batch").addProperty("parallel", 2);
        List<Path> learnt = new ArrayList<>();
        for (boolean lora : new boolean[] {false, true}) {
            if (lora) {
                JsonObject matrices = new JsonObject();
                matrices.addProperty("rank", 4);
                run.add("lora", matrices);
            }
            for (String optimizer : List.of("adamw", "muon")) {
                run.getAsJsonObject("optimizer").addProperty("name", optimizer);
                String text = run.toString();
                learnt.add(check(folder -> LessonRunTests.spec(folder, text)));
            }
        }
        allDiffer(learnt);
    }
}
