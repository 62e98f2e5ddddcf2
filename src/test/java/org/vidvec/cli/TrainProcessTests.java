package org.vidvec.cli;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.parity.Parity;

/** {@code vidvec train} as a process of its own, which is killed or may not write. */
public class TrainProcessTests extends ESTestCase {

    private static final String[] WHO = {"A chef", "A train", "Three dolphins", "A black cat"};
    private static final int STEPS = 38;

    /** What a process left. */
    private record Ended(int code, String told) {}

    /** A run of all weights of a small checkpoint, a checkpoint every third step. */
    private static Path description(Path folder) throws Exception {
        JsonObject json = new JsonObject();
        json.addProperty("model", Parity.path("qwen2_vl_a/checkpoint").toString());
        json.addProperty("output", "run");
        json.addProperty("steps", STEPS);
        json.addProperty("checkpoint_every", 3);
        json.addProperty("threads", 1);
        Gson gson = new Gson();
        json.add("data", gson.toJsonTree(Map.of("pairs", "pairs.jsonl")));
        json.add("loss", gson.toJsonTree(Map.of("name", "info_nce", "tau", 0.05)));
        json.add("optimizer", gson.toJsonTree(Map.of("learning_rate", 1e-3)));
        json.add("batch", gson.toJsonTree(Map.of("size", 4)));
        List<String> lines = new ArrayList<>();
        for (String who : WHO) {
            for (String where : List.of("on a boat", "across the beach", "past a field")) {
                String text = who + " dances " + where;
                lines.add(gson.toJson(Map.of("query", text, "target", text + " in the rain")));
            }
        }
        Files.write(folder.resolve("pairs.jsonl"), lines);
        return Files.writeString(folder.resolve("run.json"), json.toString());
    }

    /**
     * @param limit what comes before the command in a shell
     */
    private static Process start(String limit, Path description) throws Exception {
        String java = PathUtils.get(System.getProperty("java.home")).resolve("bin/java").toString();
        List<String> command =
                List.of(
                        "/bin/sh",
                        "-c",
                        limit + "exec \"$0\" \"$@\"",
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dvidvec.native.dir=" + System.getProperty("vidvec.native.dir"),
                        "-Dvidvec.project.dir=" + System.getProperty("vidvec.project.dir"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.vidvec.cli.Vidvec",
                        "train",
                        description.toString());
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static BufferedReader told(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static Ended run(String limit, Path description) throws Exception {
        Process process = start(limit, description);
        String told = String.join("\n", told(process).lines().toList());
        return new Ended(process.waitFor(), told);
    }

    /** Ends a run with SIGKILL as soon as it tells of a step. */
    private static void kill(Path description, int step) throws Exception {
        Process process = start("", description);
        BufferedReader told = told(process);
        String line;
        while ((line = told.readLine()) != null && line.startsWith("step " + step + ":") == false) {
            assertThat("it ended by itself", line, not(containsString("safetensors")));
        }
        process.destroyForcibly().waitFor();
        assertEquals("128 + SIGKILL", 128 + 9, process.exitValue());
    }

    private static double lastLoss(Path folder) throws Exception {
        List<String> log = Files.readAllLines(folder.resolve("run/log.jsonl"));
        JsonObject last = JsonParser.parseString(log.get(log.size() - 1)).getAsJsonObject();
        assertEquals(STEPS, last.get("step").getAsInt());
        assertEquals(STEPS, log.size());
        return last.get("loss").getAsDouble();
    }

    public void testKilledAnywhereAndGoneOn() throws Exception {
        Path alone = createTempDir();
        Ended whole = run("", description(alone));
        assertEquals(whole.told(), 0, whole.code());
        assertThat(whole.told(), containsString("rate 1.0e-03, "));
        Path folder = createTempDir();
        Path description = description(folder);
        int first = 1 + random().nextInt(7);
        int second = first + 3 + random().nextInt(3);
        kill(description, first);
        kill(description, second);
        Ended again = run("", description);
        assertEquals(again.told(), 0, again.code());
        assertThat(again.told(), containsString("going on after step "));
        String at = "killed at [" + first + "] and [" + second + "]";
        assertEquals(at, lastLoss(alone), lastLoss(folder), 1e-3);
        String weights = "run/model/model.safetensors";
        assertEquals(at, -1, Files.mismatch(alone.resolve(weights), folder.resolve(weights)));
    }

    /** As with Ctrl+C: it ends the step, keeps it, and crashes on nothing. */
    public void testStoppedAnywhereAndGoneOn() throws Exception {
        Path alone = createTempDir();
        Ended whole = run("", description(alone));
        assertEquals(whole.told(), 0, whole.code());
        Path folder = createTempDir();
        Path description = description(folder);
        Process process = start("", description);
        BufferedReader told = told(process);
        String line;
        do {
            line = told.readLine();
        } while (line != null && line.startsWith("step 4:") == false);
        // not by the process itself, which would close what it tells
        process.toHandle().destroy();
        String rest = String.join("\n", told.lines().toList());
        assertEquals(rest, 128 + 15, process.waitFor());
        assertThat(rest, containsString("stopping after this step, with a checkpoint"));
        assertThat(rest, not(containsString("SIG")));
        int done = Files.readAllLines(folder.resolve("run/log.jsonl")).size();
        assertTrue("[" + done + "] steps", done >= 4 && done < STEPS);
        Path checkpoint = folder.resolve("run/checkpoints");
        assertTrue(Files.exists(checkpoint.resolve(String.format(Locale.ROOT, "step-%08d", done))));
        Ended again = run("", description);
        assertEquals(again.told(), 0, again.code());
        assertThat(again.told(), containsString("going on after step " + done));
        String weights = "run/model/model.safetensors";
        assertEquals(-1, Files.mismatch(alone.resolve(weights), folder.resolve(weights)));
    }

    public void testACheckpointThatCanNotBeWritten() throws Exception {
        Path folder = createTempDir();
        Path description = description(folder);
        kill(description, 5);
        Path good = folder.resolve("run/checkpoints/step-00000003/state.safetensors");
        byte[] before = Files.readAllBytes(good);
        // files of at most 512 kB: the checkpoint has 5 MB
        Ended full = run("ulimit -f 1000; ", description);
        assertEquals(full.told(), 1, full.code());
        assertThat(full.told(), containsString("can't write the checkpoint ["));
        assertThat(full.told(), containsString("step-00000006"));
        assertThat(full.told(), containsString("File too large"));
        assertThat(full.told(), containsString("goes on after step [3]"));
        assertArrayEquals(before, Files.readAllBytes(good));
        try (Stream<Path> left = Files.list(folder.resolve("run/checkpoints"))) {
            assertEquals(1, left.count());
        }
        // with room again it ends as if nothing had been
        Ended again = run("", description);
        assertEquals(again.told(), 0, again.code());
        lastLoss(folder);
    }

    /** What was learnt stays whole when it is written once more and there is no room for it. */
    public void testAModelThatCanNotBeWritten() throws Exception {
        Path folder = createTempDir();
        Path description = description(folder);
        // the last checkpoint as well
        Ended whole = run("", description);
        assertEquals(whole.told(), 0, whole.code());
        Path model = folder.resolve("run/model");
        byte[] weights = Files.readAllBytes(model.resolve("model.safetensors"));
        assertTrue(weights.length > 2_000_000);
        // files of at most 512 kB
        Ended full = run("ulimit -f 1000; ", description);
        assertEquals(full.told(), 1, full.code());
        assertThat(full.told(), containsString("going on after step 38"));
        assertThat(full.told(), containsString("File too large"));
        assertThat(full.told(), containsString("is the disk full? What stood there is as it was"));
        assertArrayEquals(weights, Files.readAllBytes(model.resolve("model.safetensors")));
        assertFalse(Files.exists(folder.resolve("run/model.part")));
        // a kill between the old model's name and the new one's
        Files.move(model, folder.resolve("run/model.old"));
        Files.createDirectory(folder.resolve("run/adapter.part"));
        Ended again = run("", description);
        assertEquals(again.told(), 0, again.code());
        assertArrayEquals(weights, Files.readAllBytes(model.resolve("model.safetensors")));
        for (String left : List.of("model.old", "model.part", "adapter.part")) {
            assertFalse(left, Files.exists(folder.resolve("run").resolve(left)));
        }
        lastLoss(folder);
    }

    /** Whoever watches a run sees what is not learnt from. */
    public void testMediaThatAreBad() throws Exception {
        Path folder = createTempDir();
        Path description = description(folder);
        List<String> lines = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d")) {
            lines.add("{\"query\": \"clip " + name + "\", \"target\": \"" + name + ".mkv\"}");
            Path demo = PathUtils.get(System.getProperty("vidvec.demo.dir"));
            Files.copy(demo.resolve("sign-eat.mkv"), folder.resolve(name + ".mkv"));
        }
        Files.write(folder.resolve("pairs.jsonl"), lines);
        Files.writeString(folder.resolve("b.mkv"), "no video");
        JsonObject json = JsonParser.parseString(Files.readString(description)).getAsJsonObject();
        json.getAsJsonObject("data").addProperty("target_type", "video");
        json.getAsJsonObject("data").addProperty("frames", 2);
        json.getAsJsonObject("data").addProperty("bad_media", "skip");
        json.getAsJsonObject("batch").addProperty("size", 2);
        json.addProperty("steps", 2);
        Files.writeString(description, json.toString());
        Ended ended = run("", description);
        assertEquals(ended.told(), 0, ended.code());
        // two batches of four pairs: all of them, the second one replaced once
        assertThat(ended.told(), containsString("sample [2] of ["));
        assertThat(ended.told(), containsString("b.mkv]: "));
        assertThat(ended.told(), containsString("] in its place"));
        assertThat(ended.told(), containsString("bad samples, replaced by others: 1"));
    }

    public void testALossThatIsNotFinite() throws Exception {
        Path folder = createTempDir();
        Path description = description(folder);
        JsonObject json = JsonParser.parseString(Files.readString(description)).getAsJsonObject();
        json.getAsJsonObject("optimizer").addProperty("learning_rate", 1e30);
        json.getAsJsonObject("optimizer").addProperty("schedule", "constant");
        json.addProperty("checkpoint_every", 1);
        Files.writeString(description, json.toString());
        Ended ended = run("", description);
        assertEquals(ended.told(), 1, ended.code());
        assertThat(ended.told(), containsString("step [2] has the loss ["));
        assertThat(ended.told(), containsString("pairs.jsonl=["));
        assertTrue(Files.exists(folder.resolve("run/checkpoints/step-00000001/state.safetensors")));
        // what is in force is there to be read
        JsonObject inForce =
                JsonParser.parseString(Files.readString(folder.resolve("run/run.json")))
                        .getAsJsonObject();
        assertEquals(0.9, inForce.getAsJsonObject("optimizer").get("beta1").getAsDouble(), 0);
    }
}
