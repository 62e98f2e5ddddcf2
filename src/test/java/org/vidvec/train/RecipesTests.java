package org.vidvec.train;

import static org.hamcrest.Matchers.containsString;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.FolderModelRepository;
import org.vidvec.model.LoadedModel;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.parity.Parity;

/**
 * Every recipe runs: two steps of it on the smallest checkpoint of its family, with small batches,
 * frames and heads, and everything else as it stands in the file.
 */
public class RecipesTests extends ESTestCase {

    private static final List<String> PALIGEMMA = List.of("vill-e", "tokens", "head", "pooling");

    private static Path recipes() {
        return PathUtils.get(System.getProperty("vidvec.project.dir")).resolve("src/main/recipes");
    }

    public void testAllRunButTheLongOne() throws Exception {
        TreeSet<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(recipes())) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        // learns from nothing: NewModelTests
        assertTrue(names.removeIf(name -> name.startsWith("tiny-mllm")));
        // goes on where another ends: testAnAdapterGoesOn
        assertTrue(names.removeIf(name -> name.startsWith("tiny-vlm2vec-")));
        // as do these: testStages
        assertTrue(names.removeAll(List.of("vill-e-1.json", "vill-e-2.json", "vill-e-3.json")));
        assertTrue(names.remove("vill-e-3-sets.json"));
        for (String name : names) {
            Path folder = createTempDir();
            Path learnt = run(folder, name, null);
            assertTrue(name, Files.exists(learnt));
        }
    }

    /** An ablation is its base but for what it is about; else it would compare something else. */
    public void testAblationsDifferInOneThing() throws Exception {
        Map<String, List<String>> differs = new TreeMap<>();
        try (Stream<Path> files = Files.list(recipes())) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".json", "");
                if (name.startsWith("ablation-")) {
                    differs.put(name, difference(json(name), json(base(name))));
                }
            }
        }
        assertEquals(20, differs.size());
        differs.forEach(
                (name, fields) -> {
                    List<String> only =
                            switch (name.split("-")[1]) {
                                case "nli", "video" -> List.of("data", "loss");
                                case "info" -> List.of("loss");
                                case "tokens" -> List.of("loss");
                                case "rank" -> List.of("lora", "steps");
                                case "sub" -> List.of("batch", "steps");
                                // without a head there is none that alone decays
                                case "no" -> List.of("head", "optimizer");
                                default -> List.of("head");
                            };
                    List<String> others = new ArrayList<>(fields);
                    others.remove("output");
                    assertFalse(name, others.isEmpty());
                    others.removeAll(only);
                    assertEquals(name, List.of(), others);
                });
        assertEquals(
                List.of("sub_batch"),
                difference(
                        json("ablation-sub-batch-32").getAsJsonObject("batch"),
                        json("vlm2vec").getAsJsonObject("batch")));
    }

    private static String base(String ablation) {
        return switch (ablation.split("-")[1]) {
            case "nli", "video", "info" -> "vidvec-align";
            case "rank", "sub" -> "vlm2vec";
            default -> "vill-e-1";
        };
    }

    private static JsonObject json(String recipe) throws Exception {
        String text = Files.readString(recipes().resolve(recipe + ".json"));
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private static List<String> difference(JsonObject one, JsonObject other) {
        TreeSet<String> fields = new TreeSet<>(one.keySet());
        fields.addAll(other.keySet());
        fields.removeIf(field -> Objects.equals(one.get(field), other.get(field)));
        return List.copyOf(fields);
    }

    public void testAnAdapterGoesOn() throws Exception {
        TrainingException e =
                expectThrows(
                        TrainingException.class,
                        () -> run(createTempDir(), "tiny-vlm2vec-on.json", null));
        assertThat(e.getMessage(), containsString("tiny-vlm2vec/adapter"));
        Path folder = createTempDir();
        run(folder, "tiny-vlm2vec.json", null);
        for (String next : List.of("on", "pages", "both", "again", "changes", "all")) {
            assertTrue(Files.exists(run(folder, "tiny-vlm2vec-" + next + ".json", null)));
        }
    }

    public void testStages() throws Exception {
        Path base = null;
        for (int stage = 1; stage <= 3; stage++) {
            Path folder = createTempDir();
            if (stage == 3) {
                // the last stage on published sets, from the same model
                assertTrue(Files.exists(run(createTempDir(), "vill-e-3-sets.json", base)));
            }
            base = run(folder, "vill-e-" + stage + ".json", base);
            assertEquals("model", base.getFileName().toString());
        }
        // what was learnt is served, through its head
        NativeLibraries natives = NativeLibraries.fromSystemProperty();
        assertTrue(Files.exists(base.resolve("kv_former.safetensors")));
        try (LoadedModel served =
                new FolderModelRepository(base.getParent(), natives, "cpu", 1).load("model")) {
            Content text = new Content.Text("A red fish");
            EmbedInput input = new EmbedInput(List.of(text), EmbedInput.Role.QUERY, null);
            assertEquals(64, served.embedder().embed(List.of(input)).get(0).vector().length);
        }
    }

    private Path run(Path folder, String name, Path base) throws Exception {
        JsonObject json = json(name.replace(".json", ""));
        boolean seen =
                name.startsWith("tiny-") == false && PALIGEMMA.stream().anyMatch(name::contains);
        Path checkpoint = Parity.path((seen ? "paligemma_a" : "qwen2_vl_a") + "/checkpoint");
        json.addProperty("model", (base == null ? checkpoint : base).toString());
        json.addProperty("steps", 2);
        json.addProperty("checkpoint_every", 2);
        json.addProperty("threads", 1);
        json.getAsJsonObject("optimizer").addProperty("warmup_steps", 1);
        shrink(json);
        data(folder, json.get("data"));
        Path file = Files.writeString(folder.resolve("run.json"), json.toString());
        List<StepReport> reports = new ArrayList<>();
        RunListener listener =
                new RunListener() {
                    @Override
                    public void begins(int from, int steps, long learnt, List<String> notes) {
                        assertFalse(name, notes.isEmpty());
                    }

                    @Override
                    public void stepped(StepReport report) {
                        reports.add(report);
                    }
                };
        NativeLibraries natives = NativeLibraries.fromSystemProperty();
        Path learnt = new TrainingRun(RunSpec.read(file), natives, listener).run();
        assertEquals(name, 2, reports.size());
        assertTrue(name, reports.get(1).gradient_norm() > 0);
        return learnt;
    }

    private static void shrink(JsonObject json) {
        JsonObject batch = json.getAsJsonObject("batch");
        boolean one = batch.has("sub_batch") && batch.get("sub_batch").getAsInt() == 1;
        batch.addProperty("size", 4);
        if (batch.has("sub_batch")) {
            batch.addProperty("sub_batch", one ? 1 : 2);
        }
        if (batch.has("chunk")) {
            batch.addProperty("chunk", 3);
        }
        if (json.has("head")) {
            JsonObject head = json.getAsJsonObject("head");
            Map.of("mlp_dim", 32, "pooling_tokens", 8)
                    .forEach(
                            (size, small) -> {
                                if (head.has(size)) {
                                    head.addProperty(size, small);
                                }
                            });
        }
        if (json.has("lora")) {
            JsonObject lora = json.getAsJsonObject("lora");
            lora.addProperty("rank", Math.min(8, lora.get("rank").getAsInt() / 8 + 1));
        }
    }

    /** Few frames; and files in place of those that a recipe names. */
    private static void data(Path folder, JsonElement data) throws Exception {
        List<JsonElement> all = data.isJsonArray() ? data.getAsJsonArray().asList() : List.of(data);
        for (JsonElement element : all) {
            JsonObject source = element.getAsJsonObject();
            if (source.has("mixed")) {
                source.getAsJsonObject("mixed").addProperty("frames", 2);
                source.getAsJsonObject("mixed").addProperty("size", 56);
                for (JsonElement own : source.getAsJsonObject("mixed").getAsJsonArray("sources")) {
                    if (own.getAsJsonObject().has("set")) {
                        RecipeSets.write(folder, own.getAsJsonObject());
                    }
                }
            } else if (source.has("generated")) {
                source.addProperty("frames", 2);
                source.addProperty("size", 56);
            } else {
                lines(folder, source);
            }
        }
    }

    private static void lines(Path folder, JsonObject source) throws Exception {
        String[] clips = {"frog-toy.webm", "water-stream.webm", "sign-eat.mkv", "gone.webm"};
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Map<String, Object> line = new HashMap<>();
            line.put(source.get("query").getAsString(), "A red fish number " + i);
            boolean video = source.has("target_type");
            if (video) {
                // files are named beside the lines
                Path clip =
                        PathUtils.get(System.getProperty("vidvec.demo.dir"))
                                .resolve(clips[i % clips.length]);
                line.put("video", clip.toString());
            } else {
                line.put(source.get("target").getAsString(), "Fish number " + i + " swims");
            }
            if (source.has("negatives")) {
                line.put("contradictions", List.of("No fish", "Number " + (i + 1)));
            }
            lines.add(new Gson().toJson(line));
        }
        source.addProperty("pairs", "lines.jsonl");
        source.addProperty("frames", 2);
        if (source.has("balance")) {
            source.getAsJsonObject("balance").addProperty("least", 2);
        }
        Files.write(folder.resolve("lines.jsonl"), lines);
    }
}
