package org.vidvec.eval;

import static org.hamcrest.Matchers.containsString;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.parity.Parity;

/** With what transformers wrote, and with the same after it has been changed. */
public class ParityRunTests extends ESTestCase {

    private static final String FIXTURE = "qwen2_vl_b";

    public void testAWholeFixture() throws Exception {
        Map<String, Check> checks = run(Parity.path(FIXTURE));
        for (Check check : checks.values()) {
            assertNotEquals(check + "", Check.Outcome.FAILED, check.outcome());
        }
        for (String name :
                List.of(
                        "tokenizer/ids of [Yes]",
                        "text_short/input.input_ids",
                        "text_short/hidden_states.0",
                        "text_short/hidden_states.4",
                        "text_batch/row1.last_layer_raw",
                        "text_batch/left.row0.embedding_last",
                        "text_batch/right.row1.logits_last",
                        "video/resized_frames",
                        "video/input.pixel_values_videos",
                        "video/input.mm_token_type_ids",
                        "video/position_ids",
                        "video/rope_deltas",
                        "video/vision.block.2",
                        "video/vision.output",
                        "video/yes_no_logprob",
                        "video/p_yes",
                        "video/bf16.embedding_last")) {
            assertEquals(name, Check.Outcome.PASSED, checks.get(name).outcome());
        }
        assertNull("an input is no check", checks.get("video/frames"));
    }

    public void testAdapters() throws Exception {
        Path copy = createTempDir().resolve("a");
        copy(Parity.path("qwen2_vl_a/checkpoint"), copy.resolve("checkpoint"));
        copy(Parity.path("qwen2_vl_a/lora"), copy.resolve("lora"));
        Map<String, Check> checks = run(copy);
        for (String adapter : List.of("adapter", "adapter_older_names")) {
            for (String name : List.of("text/logits_last", "video/hidden_states.5")) {
                Check check = checks.get("lora/" + adapter + "/" + name);
                assertEquals(check + "", Check.Outcome.PASSED, check.outcome());
            }
        }
    }

    public void testPreprocessing() throws Exception {
        Path folder = createTempDir();
        copy(Parity.path("preprocessing"), folder.resolve("tables"));
        Map<String, Check> checks = run(folder);
        assertEquals(
                Check.Outcome.PASSED,
                checks.get("smart_resize/qwen2_vl_and_video_llama_3").outcome());
        assertEquals(Check.Outcome.PASSED, checks.get("resize/3.torchvision_bicubic").outcome());
        for (Check check : checks.values()) {
            assertEquals(check + "", Check.Outcome.PASSED, check.outcome());
        }
        assertEquals("3 ways of sampling", 3, count(checks, "frame_sampling/"));
        assertEquals("4 pictures, 5 ways of resizing", 20, count(checks, "resize/"));
    }

    private static long count(Map<String, Check> checks, String table) {
        return checks.keySet().stream().filter(name -> name.startsWith(table)).count();
    }

    /** Every variant of the head, over texts and over what was generated about frames. */
    public void testKvFormer() throws Exception {
        Path copy = createTempDir().resolve("a");
        copy(Parity.path("paligemma_a/checkpoint"), copy.resolve("checkpoint"));
        copy(Parity.path("paligemma_a/kv_former"), copy.resolve("kv_former"));
        Map<String, Check> checks = run(copy);
        for (String name :
                List.of(
                        "text/text1.states",
                        "text/text1.plain.embedding",
                        "text/text0.gemma_layer.attention_probs",
                        "video/full.token_type_ids",
                        "video/states_producing",
                        "video/producing.plain.embedding",
                        "video/of_tokens.gemma_layer.token_embeddings",
                        "video/producing_until_eos.gemma_layer.pooled")) {
            Check check = checks.get("kv_former/" + name);
            assertEquals(check + "", Check.Outcome.PASSED, check.outcome());
        }
    }

    public void testOneChangedNumberFails() throws Exception {
        Path copy = textsOnly();
        Path file = copy.resolve("cases/text_short.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        String header = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = header.indexOf("\"embedding_last\"");
        int offset =
                Integer.parseInt(
                        header.substring(
                                        header.indexOf('[', header.indexOf("data_offsets", at)) + 1)
                                .split(",")[0]
                                .trim());
        int data = 8 + (bytes[0] & 0xff | (bytes[1] & 0xff) << 8 | (bytes[2] & 0xff) << 16);
        bytes[data + offset + 3] ^= (byte) 0x80; // the sign of its first number
        Files.write(file, bytes);
        Map<String, Check> checks = run(copy);
        Check changed = checks.get("text_short/embedding_last");
        assertEquals(Check.Outcome.FAILED, changed.outcome());
        assertTrue(changed + "", changed.maxAbs() > 1e-3);
        assertEquals(Check.Outcome.PASSED, checks.get("text_short/embedding_mean").outcome());
        ParityReport report = new ParityReport();
        checks.values().forEach(report::add);
        JsonObject json = report.toJson();
        assertEquals(1, json.get("failed").getAsInt());
        JsonObject worst = json.getAsJsonArray("worst").get(0).getAsJsonObject();
        assertEquals("text_short", worst.get("case").getAsString());
        assertEquals("embedding_last", worst.get("tensor").getAsString());
        assertEquals("b", worst.get("fixture").getAsString());
        assertEquals(1e-5, worst.get("tolerance").getAsDouble(), 1e-6);
    }

    public void testOtherWeightsFail() throws Exception {
        Path copy = textsOnly();
        Path file = copy.resolve("checkpoint/model-00001-of-00002.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        for (int i = bytes.length / 2; i < bytes.length; i++) {
            bytes[i] ^= 1;
        }
        Files.write(file, bytes);
        assertTrue(run(copy).values().stream().anyMatch(c -> c.outcome() == Check.Outcome.FAILED));
    }

    public void testAnUnknownFamilyIsNotChecked() throws Exception {
        Path copy = textsOnly();
        Path config = copy.resolve("checkpoint/config.json");
        String text = Files.readString(config).replace("\"qwen2_vl\"", "\"sundial\"");
        Files.write(config, text.getBytes(StandardCharsets.UTF_8));
        Map<String, Check> checks = run(copy);
        Check check = checks.get("text_short/logits_last");
        assertEquals(Check.Outcome.UNCHECKED, check.outcome());
        assertEquals("no family [sundial]", check.reason());
    }

    public void testABrokenCheckpointFails() throws Exception {
        Path copy = textsOnly();
        Files.delete(copy.resolve("checkpoint/model-00002-of-00002.safetensors"));
        Map<String, Check> checks = run(copy);
        Check check = checks.get("text_short/(the whole case)");
        assertEquals(Check.Outcome.FAILED, check.outcome());
        assertThat(check.reason(), containsString("shard [model-00002-of-00002.safetensors]"));
        assertEquals(Check.Outcome.UNCHECKED, checks.get("text_short/logits_last").outcome());
    }

    public void testACaseWithoutTensorsFailsAndTheOthersGoOn() throws Exception {
        Path copy = textsOnly();
        Files.copy(copy.resolve("cases/text_short.json"), copy.resolve("cases/again.json"));
        Map<String, Check> checks = run(copy);
        Check missing = checks.get("again/(all of it)");
        assertEquals(Check.Outcome.FAILED, missing.outcome());
        assertThat(missing.reason(), containsString("again.safetensors"));
        assertEquals(Check.Outcome.PASSED, checks.get("text_short/logits_last").outcome());
    }

    public void testACutCaseFails() throws Exception {
        Path copy = textsOnly();
        Path file = copy.resolve("cases/text_short.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 4));
        assertEquals(Check.Outcome.FAILED, run(copy).get("text_short/(all of it)").outcome());
    }

    public void testWhatIsUnknownIsCountedAsUnchecked() throws Exception {
        Path copy = textsOnly();
        String json = Files.readString(copy.resolve("cases/text_short.json"));
        String silent = json.replace("\"messages\"", "\"song\"").replace("\"prompt\"", "\"tune\"");
        Map<String, String> others =
                Map.of(
                        "heard", json.replace("\"type\": \"text\"", "\"type\": \"audio\""),
                        "several", json.replace("\"role\": \"user\"", "\"role\": \"assistant\""),
                        "silent", silent.replace("\"text\"", "\"words\""));
        Path tensors = copy.resolve("cases/text_short.safetensors");
        for (Map.Entry<String, String> other : others.entrySet()) {
            assertNotEquals(other.getKey(), json, other.getValue());
            Files.writeString(copy.resolve("cases/" + other.getKey() + ".json"), other.getValue());
            Files.copy(tensors, copy.resolve("cases/" + other.getKey() + ".safetensors"));
        }
        Files.copy(tensors, copy.resolve("cases/bare.safetensors"));
        copy(copy.resolve("cases"), copy.resolve("songs"));
        Map<String, Check> checks = run(copy);
        for (String name : List.of("heard", "several", "silent", "bare", "songs/text_short")) {
            Check check = checks.get(name + "/logits_last");
            assertEquals(name, Check.Outcome.UNCHECKED, check.outcome());
        }
        assertEquals(Check.Outcome.PASSED, checks.get("text_short/logits_last").outcome());
        assertEquals(0, checks.values().stream().filter(ParityRunTests::hasFailed).count());
    }

    private static boolean hasFailed(Check check) {
        return check.outcome() == Check.Outcome.FAILED;
    }

    private Path textsOnly() throws Exception {
        Path copy = createTempDir().resolve("b");
        copy(Parity.path(FIXTURE + "/checkpoint"), copy.resolve("checkpoint"));
        Files.createDirectories(copy.resolve("cases"));
        for (String end : List.of(".json", ".safetensors")) {
            Files.copy(
                    Parity.path(FIXTURE + "/cases/text_short" + end),
                    copy.resolve("cases/text_short" + end));
        }
        return copy;
    }

    private static void copy(Path from, Path to) throws Exception {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.write(target, Files.readAllBytes(path));
                }
            }
        }
    }

    private static Map<String, Check> run(Path folder) throws Exception {
        List<Check> all = new ArrayList<>();
        new ParityRun(NativeLibraries.fromSystemProperty(), 1, all::add).run(folder);
        Map<String, Check> checks = new TreeMap<>();
        all.forEach(c -> checks.put(c.caseName() + "/" + c.tensor(), c));
        assertEquals("each tensor once", all.size(), checks.size());
        return checks;
    }
}
