package org.vidvec.eval;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.parity.Parity;

/**
 * Three steps of LoRA through the graph that serves, against PyTorch's; the fixture is a whole copy
 * of parity/qwen2_vl_a/training.
 */
public class TrainingChecksTests extends ESTestCase {

    public void testAllAgree() throws Exception {
        Map<String, Check> checks = run(copy());
        checks.values().forEach(c -> assertEquals(c + "", Check.Outcome.PASSED, c.outcome()));
        // 130 tensors; of each of 3 steps the loss and 40 norms and their sum; the loss at the end
        assertEquals(130 + 3 * 42 + 1, checks.size());
        assertEquals(0, checks.get("caption0.input_ids").bound().limit(), 0);
        assertEquals(130 + 3 * 42 + 1, checks.values().stream().distinct().count());
    }

    public void testAnotherScaleFails() throws Exception {
        Path folder = copy();
        Path json = folder.resolve("a/training/training_step.json");
        String text = Files.readString(json);
        assertTrue(text.contains("\"alpha\": 8,"));
        Files.writeString(json, text.replace("\"alpha\": 8,", "\"alpha\": 8.1,"));
        Map<String, Check> checks = run(folder);
        assertEquals(Check.Outcome.FAILED, checks.get("step0.caption_embeddings").outcome());
        assertEquals(Check.Outcome.FAILED, checks.get("loss_after_last_step").outcome());
        assertEquals(Check.Outcome.PASSED, checks.get("summary3.input_ids").outcome());
    }

    public void testLayersThatAreNotThereFail() throws Exception {
        Path folder = copy();
        Path json = folder.resolve("a/training/training_step.json");
        Files.writeString(json, Files.readString(json).replace("\"o_proj\"", "\"oh_proj\""));
        Map<String, Check> checks = run(folder);
        String reason = checks.get("(the whole case)").reason();
        assertTrue(reason, reason.contains("the target [oh_proj] is none of the language model's"));
        assertTrue(reason, reason.contains("model.language_model.layers.0.self_attn.q_proj"));
    }

    private static Path copy() throws Exception {
        Path folder = createTempDir();
        for (String part : new String[] {"checkpoint", "training"}) {
            Path to = Files.createDirectories(folder.resolve("a").resolve(part));
            try (Stream<Path> files = Files.list(Parity.path("qwen2_vl_a/" + part))) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.copy(file, to.resolve(file.getFileName().toString()));
                }
            }
        }
        return folder;
    }

    private static Map<String, Check> run(Path folder) throws Exception {
        Map<String, Check> checks = new TreeMap<>();
        NativeLibraries natives = NativeLibraries.fromSystemProperty();
        new ParityRun(natives, 1, check -> checks.put(check.tensor(), check)).run(folder);
        return checks;
    }
}
