package org.vidvec.train;

import static org.hamcrest.Matchers.containsString;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;

/** A run's log, wherever a kill cuts it and when there is no room for it. */
public class RunLogTests extends ESTestCase {

    private Path file;

    @Override
    public void setUp() throws Exception {
        super.setUp();
        file = createTempDir().resolve("log.jsonl");
    }

    private static StepReport step(int number) {
        Map<String, Double> parts = Map.of("caption", 1.5);
        List<String> replaced = List.of("sample [3] of [ä]: bad; [4] in its place");
        return new StepReport(number, 2, 1, 0.1, 4, 0.5, parts, replaced);
    }

    private List<Integer> steps() throws Exception {
        return new RunLog(file).steps().stream().map(StepReport::step).toList();
    }

    public void testALineThatWasCutAnywhere() throws Exception {
        RunLog log = new RunLog(file);
        log.add(step(1));
        log.add(step(2));
        byte[] whole = Files.readAllBytes(file);
        assertEquals(step(2), log.steps().get(1));
        // the two lines are of one length
        int first = whole.length / 2;
        for (int end = first; end < whole.length - 1; end++) {
            Files.write(file, Arrays.copyOf(whole, end));
            assertEquals("cut at [" + end + "]", List.of(1), steps());
            log.rewind(2);
            assertEquals(List.of(1), steps());
            log.add(step(2));
            assertEquals("the next line begins anew", List.of(1, 2), steps());
        }
    }

    public void testWhatWillBeDoneAgainIsForgotten() throws Exception {
        RunLog log = new RunLog(file);
        log.rewind(0);
        assertEquals(List.of(), steps());
        for (int i = 1; i <= 5; i++) {
            log.add(step(i));
        }
        log.rewind(3);
        assertEquals(List.of(1, 2, 3), steps());
    }

    public void testWithoutRoomItIsAsItWas() throws Exception {
        RunLog log = new RunLog(file);
        log.add(step(1));
        log.add(step(2));
        byte[] before = Files.readAllBytes(file);
        Path part = file.resolveSibling("log.jsonl.part");
        // a device that is always full
        Files.createSymbolicLink(part, PathUtils.get("/dev/full"));
        TrainingException e = expectThrows(TrainingException.class, () -> log.rewind(1));
        assertThat(e.getMessage(), containsString("No space left on device"));
        assertArrayEquals(before, Files.readAllBytes(file));
        assertFalse(Files.exists(part));
    }
}
