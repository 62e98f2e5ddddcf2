package org.vidvec.eval;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.parity.Parity;

/** Losses and their gradients against PyTorch's; the fixture is a whole copy of parity/losses. */
public class LossChecksTests extends ESTestCase {

    public void testAllAgree() throws Exception {
        Map<String, Check> checks = run(copy());
        checks.values().forEach(c -> assertEquals(c + "", Check.Outcome.PASSED, c.outcome()));
        // 5 losses at 2 temperatures, 3 at 3 settings; the matrices without what goes in; two sizes
        assertEquals(2 * (5 * 2 + 3 * 3) + 32 - 6, checks.size());
        assertTrue(checks.containsKey("0.dsl_paper_temp1_scale100.both"));
        assertTrue(checks.containsKey("1.tau0.02.grad_targets_of_symmetric"));
    }

    public void testAnotherValueFails() throws Exception {
        Path folder = copy();
        Path json = folder.resolve("losses/losses.json");
        String text = Files.readString(json);
        assertTrue(text.contains("14.209864616394043"));
        Files.writeString(json, text.replace("14.209864616394043", "14.2102"));
        Map<String, Check> checks = run(folder);
        String name = "0.tau0.02.info_nce_hard_negatives";
        assertEquals(Check.Outcome.FAILED, checks.remove(name).outcome());
        checks.values().forEach(c -> assertEquals(c + "", Check.Outcome.PASSED, c.outcome()));
    }

    private static Path copy() throws Exception {
        Path folder = createTempDir();
        Files.createDirectory(folder.resolve("losses"));
        for (String name : new String[] {"losses.json", "losses.safetensors"}) {
            Files.copy(Parity.path("losses/" + name), folder.resolve("losses/" + name));
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
