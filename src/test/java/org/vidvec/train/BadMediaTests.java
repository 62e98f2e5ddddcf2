package org.vidvec.train;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Media that turn out to be bad in the middle of a run. */
public class BadMediaTests extends SetRunTestCase {

    private static final String[] NAMES = {"a", "b", "c", "d", "e", "f", "g"};

    /** Seven videos with a caption each; the third and fourth can't be read. */
    private Map<String, Object> lines(String policy) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (String name : NAMES) {
            lines.append("{\"text\": \"clip " + name + "\", \"video\": \"" + name + ".mkv\"}\n");
        }
        file("pairs/pairs.jsonl", lines.toString());
        clips("pairs", "a", "b", "e", "f", "g");
        broken("pairs", "c", "d");
        Map<String, Object> source = new HashMap<>();
        source.put("pairs", sets.resolve("pairs/pairs.jsonl").toString());
        source.put("query", "text");
        source.put("target", "video");
        source.put("target_type", "video");
        source.put("frames", 2);
        if (policy.isEmpty() == false) {
            source.put("bad_media", policy);
        }
        return source;
    }

    private RunFile run(Object data, int size) throws Exception {
        return file(data)
                .with("batch", Map.of("size", size))
                .with("steps", 4)
                .with("checkpoint_every", 1);
    }

    public void testTheFirstEndsTheRunByName() throws Exception {
        RunFile file = run(lines(""), 4);
        TrainingException e = expectThrows(TrainingException.class, () -> run(file));
        assertThat(e.getMessage(), startsWith("sample ["));
        assertThat(e.getMessage(), containsString("] of [" + sets.resolve("pairs/pairs.jsonl")));
        assertThat(e.getMessage(), containsString(".mkv]: "));
        assertThat(e.getMessage(), containsString("[bad_media] [skip]"));
        assertTrue(e.getMessage().matches("sample \\[[34]\\] of .*"));
    }

    /** A batch stays as large as it was, and everybody is told what is in it. */
    public void testTheNextTakesItsPlace() throws Exception {
        Path adapter = run(run(lines("skip"), 4));
        List<String> replaced = new ArrayList<>();
        for (StepReport report : reports) {
            assertEquals(4, report.samples());
            if (report.replaced() != null) {
                replaced.addAll(report.replaced());
            }
        }
        // four batches of seven pairs: each bad one came up at least once
        assertThat(replaced, hasItem(containsString("sample [3] of [")));
        assertThat(replaced, hasItem(containsString("sample [4] of [")));
        TreeSet<Integer> places = new TreeSet<>();
        for (String one : replaced) {
            assertThat(one, containsString("can't read ["));
            String place = one.replaceAll(".*; \\[(\\d)\\] in its place", "$1");
            places.add(Integer.parseInt(place));
        }
        assertFalse("" + places, places.contains(3) || places.contains(4));
        List<String> log = Files.readAllLines(adapter.resolveSibling("log.jsonl"));
        long logged =
                log.stream()
                        .map(line -> JsonParser.parseString(line).getAsJsonObject())
                        .filter(step -> step.has("replaced"))
                        .mapToLong(step -> step.getAsJsonArray("replaced").size())
                        .sum();
        assertEquals(replaced.size(), logged);
        // and a run that was stopped goes on with the same ones
        watched.dieAfter = 2;
        RunFile stopped = run(lines("skip"), 4).with("output", "stopped");
        expectThrows(WatchedRun.Killed.class, () -> run(stopped));
        watched.dieAfter = Integer.MAX_VALUE;
        Path again = run(stopped);
        String weights = "adapter_model.safetensors";
        assertEquals(-1, Files.mismatch(adapter.resolve(weights), again.resolve(weights)));
    }

    public void testNoneIsLeftToTakeItsPlace() throws Exception {
        RunFile file = run(lines("skip"), 6);
        TrainingException e = expectThrows(TrainingException.class, () -> run(file));
        assertThat(e.getMessage(), containsString("of the [7] samples of its source none is left"));
        assertThat(e.getMessage(), containsString("lower [batch.size]"));
    }

    public void testSets() throws Exception {
        file(
                "own/own.jsonl",
                "{\"video\": \"a.mkv\", \"caption\": \"a woman eats\"}\n"
                        + "{\"video\": \"b.mkv\", \"caption\": \"a sign for food\"}\n"
                        + "{\"video\": \"c.mkv\", \"caption\": \"a hand at a mouth\"}\n");
        clips("own", "a", "c");
        broken("own", "b");
        TrainingException e =
                expectThrows(TrainingException.class, () -> run(run(source("own"), 2)));
        assertThat(e.getMessage(), containsString("sample [1] of ["));
        run(run(source("own", "bad_media", "skip"), 2));
        assertEquals(4, reports.size());
    }

    /** Lengths are read before the first step. */
    public void testMoments() throws Exception {
        file(
                "charades/charades_sta_train.txt",
                "AAAAA 0.1 0.6##person eats.\nBBBBB 0.0 0.5##person sits.\n"
                        + "CCCCC 0.0 0.5##person stands.\n");
        clips("charades", "AAAAA", "CCCCC");
        broken("charades", "BBBBB");
        Map<String, Object> set = source("charades", "window", 0.5, "stride", 0.25);
        RunFile file = run(Map.of("moments", set), 2).with("loss", Map.of("name", "localization"));
        TrainingException e = expectThrows(TrainingException.class, () -> run(file));
        assertThat(e.getMessage(), containsString("the length of video [BBBBB]: can't read ["));
        assertThat(e.getMessage(), containsString("[bad_media] [skip]"));
        set.put("bad_media", "skip");
        run(
                run(Map.of("moments", set), 2)
                        .with("loss", Map.of("name", "localization"))
                        .with("steps", 1));
        assertThat(told, hasItem("2 moments, 0 left out for want of wrong windows"));
        assertThat(told, hasItem(startsWith("left out with all its moments: can't read [")));
    }
}
