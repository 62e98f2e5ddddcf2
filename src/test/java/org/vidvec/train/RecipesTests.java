package org.vidvec.train;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * Recipes run: two steps of each on the smallest checkpoint of its family, with small batches,
 * frames and heads, and everything else as it stands in the file. Those that learn from nothing,
 * tiny-mllm and what goes on from it, are for {@link LessonRunTests}.
 */
public class RecipesTests extends ESTestCase {

    /** What a recipe's published checkpoint is here. */
    private static final Map<String, String> SMALL =
            Map.of(
                    "models/paligemma-3b", "paligemma_a",
                    "models/videollama3-7b", "video_llama_3_b",
                    "models/qwen2-vl-2b", "qwen2_vl_a",
                    "../../../models/tiny", "qwen2_vl_a");

    private static final String CARD = "vidvec.json";

    /** Recipes that read published sets; all others make what they learn from. */
    private static final String SETS = "-sets";

    private static Path recipes() {
        return PathUtils.get(System.getProperty("vidvec.project.dir")).resolve("src/main/recipes");
    }

    public void testThoseThatBeginWithACheckpointRun() throws Exception {
        int runs = 0;
        for (String name : names()) {
            // what goes on where another ends: testStages, testAnAdapterGoesOn
            boolean first = begins(json(name)) == null && json(name).get("model").isJsonPrimitive();
            if (first && name.startsWith("tiny-mllm") == false) {
                assertTrue(name, Files.exists(run(createTempDir(), name, null)));
                runs++;
            }
        }
        assertEquals(39, runs);
    }

    /**
     * Nothing but the published checkpoints, which docs/training.md names, and the sets of those
     * that are called so, has to be fetched: every other path is of this folder, or is made by
     * another recipe.
     */
    public void testWhatRecipesName() throws Exception {
        Path project = PathUtils.get(System.getProperty("vidvec.project.dir"));
        String docs = Files.readString(project.resolve("docs/training.md"));
        for (String name : names()) {
            JsonObject json = json(name);
            assertEquals("runs/" + name, json.get("output").getAsString());
            if (begins(json) != null) {
                assertTrue(name, names().contains(begins(json)));
            } else if (json.get("model").isJsonPrimitive()) {
                String model = json.get("model").getAsString();
                assertTrue(
                        name + " begins with " + model,
                        model.startsWith("models/")
                                ? docs.contains("`" + model + "`")
                                : Files.isDirectory(recipes().resolve(model)));
            }
            if (name.endsWith(SETS) == false) {
                for (JsonObject source : sources(json.get("data"))) {
                    assertFalse(name, source.has("pairs") || source.has("set"));
                    assertTrue(name, source.has("generated") || source.has("world"));
                }
            }
        }
    }

    /** The recipe that makes what another begins with; null if that is there without one. */
    private static String begins(JsonObject json) {
        String from = "";
        if (json.has("lora") && json.getAsJsonObject("lora").has("from")) {
            from = json.getAsJsonObject("lora").get("from").getAsString();
        } else if (json.get("model").isJsonPrimitive()) {
            from = json.get("model").getAsString();
        }
        return from.startsWith("runs/") ? from.split("/")[1] : null;
    }

    private static TreeSet<String> names() throws Exception {
        TreeSet<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(recipes())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (name.endsWith(".json")) {
                    names.add(name.replace(".json", ""));
                }
            }
        }
        return names;
    }

    /** An ablation is its base but for what it is about; else it would compare something else. */
    public void testAblationsDifferInOneThing() throws Exception {
        Map<String, List<String>> differs = new TreeMap<>();
        for (String name : names()) {
            if (name.startsWith("ablation-")) {
                differs.put(name, difference(json(name), json(base(name))));
            }
        }
        assertEquals(35, differs.size());
        differs.forEach(
                (name, fields) -> {
                    List<String> only =
                            switch (name.split("-", 2)[1]) {
                                case "nli", "video-captions", "no-match" -> List.of("data");
                                case "info-nce", "tokens-1", "tokens-5", "tokens-10" ->
                                        List.of("loss");
                                case "generative-only", "contrastive-only" ->
                                        List.of("data", "loss");
                                case "rank-8", "rank-32" -> List.of("lora");
                                case "steps-2000" -> List.of("steps");
                                case "no-stage-2" -> List.of("model");
                                // the stages before it brought the head
                                case "no-pretraining" -> List.of("head", "model");
                                default ->
                                        List.of(
                                                name.contains("-mix-")
                                                        ? "data"
                                                        : name.contains("-sub-")
                                                                ? "batch"
                                                                : "head");
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
        for (String head : List.of("head-mlp", "head-linear", "no-head", "pooling-tokens-512")) {
            // table 7b and 8: from the backbone, in the steps of the last stage
            assertEquals("models/paligemma-3b", text("ablation-" + head, "model"));
        }
    }

    private static String text(String recipe, String field) throws Exception {
        return json(recipe).get(field).getAsString();
    }

    /** Where docs/reference.md says that they lie in an installed plugin. */
    public void testThePluginBringsThem() throws Exception {
        Path project = PathUtils.get(System.getProperty("vidvec.project.dir"));
        String zip = Files.readString(project.resolve("src/main/assembly/plugin.xml"));
        assertThat(
                zip.replaceAll("\\s+", ""),
                containsString(
                        "<directory>src/main/recipes</directory>"
                                + "<outputDirectory>recipes</outputDirectory>"));
        assertThat(
                Files.readString(project.resolve("docs/reference.md")),
                containsString("`plugins/vidvec/recipes`"));
    }

    private static String base(String ablation) {
        return switch (ablation.split("-")[1]) {
            case "info" -> "vidvec-align";
            case "nli", "video" -> "ablation-info-nce";
            case "steps" -> "vlm2vec";
            case "rank", "sub", "mix" -> "ablation-steps-2000";
            case "generative", "contrastive" -> "vill-e-3";
            case "no" -> ablation.endsWith("head") ? "ablation-no-pretraining" : "vill-e-3";
            default -> "ablation-no-pretraining";
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
                        () -> run(createTempDir(), "tiny-vlm2vec-on", null));
        assertThat(e.getMessage(), containsString("tiny-vlm2vec/adapter"));
        Path folder = createTempDir();
        run(folder, "tiny-vlm2vec", null);
        for (String next : List.of("on", "pages", "both", "again", "changes", "all")) {
            assertTrue(Files.exists(run(folder, "tiny-vlm2vec-" + next, null)));
        }
    }

    /** Every stage and what it is compared with, each from what the stage before it left. */
    public void testStages() throws Exception {
        Path base = run(createTempDir(), "vill-e-1", null);
        goOn("vill-e-1", base, "vill-e-2");
        base = run(createTempDir(), "vill-e-2", base);
        goOn("vill-e-2", base, "vill-e-3");
        base = run(createTempDir(), "vill-e-3", base);
        assertEquals("model", base.getFileName().toString());
        String card = Files.readString(base.resolve("vidvec.json"));
        assertThat(card, containsString("\"video\": \"Describe this video.\""));
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

    /** All that begins with what a stage leaves, but for the next stage itself. */
    private void goOn(String stage, Path left, String next) throws Exception {
        int runs = 0;
        for (String name : names()) {
            if (stage.equals(begins(json(name))) && name.equals(next) == false) {
                assertTrue(name, Files.exists(run(createTempDir(), name, left)));
                runs++;
            }
        }
        assertTrue(stage, runs > 0);
    }

    /** Fewer hits are judged once the last layer is embedded (VidVec, section 5.1). */
    public void testAnAlignedModelJudgesTen() throws Exception {
        String card = Files.readString(run(createTempDir(), "vidvec-align", null).resolve(CARD));
        JsonObject json = JsonParser.parseString(card).getAsJsonObject();
        assertEquals(4, json.get("layer").getAsInt());
        assertEquals(10, json.get("rerank_window").getAsInt());
        // that of tiny's card already
        Path other = run(createTempDir(), "tiny-vlm2vec", null).resolve(CARD);
        assertThat(Files.readString(other), containsString("\"layer\""));
        assertThat(Files.readString(other), not(containsString("rerank_window")));
    }

    /** VideoLLaMA3 is read at layer 24 of 28 and tiny at 5 of 6: here before the last as well. */
    private static Path small(String model) throws Exception {
        Path checkpoint = Parity.path(SMALL.get(model) + "/checkpoint");
        if (model.endsWith("videollama3-7b") == false && model.endsWith("tiny") == false) {
            return checkpoint;
        }
        Path copy = createTempDir();
        try (Stream<Path> files = Files.list(checkpoint)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
        }
        Files.writeString(copy.resolve(CARD), "{\"layer\": 1}");
        return copy;
    }

    private Path run(Path folder, String name, Path base) throws Exception {
        JsonObject json = json(name);
        Path begin = base == null ? small(json.get("model").getAsString()) : base;
        json.addProperty("model", begin.toString());
        json.addProperty("steps", 2);
        json.addProperty("checkpoint_every", 2);
        json.addProperty("threads", 1);
        json.getAsJsonObject("optimizer").addProperty("warmup_steps", 1);
        shrink(json);
        data(folder, name, json.get("data"));
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

    /** Few frames; and small sets in place of those that a recipe names as its data. */
    private static void data(Path folder, String name, JsonElement data) throws Exception {
        for (JsonElement element : list(data)) {
            JsonObject source = element.getAsJsonObject();
            JsonObject sizes = source.has("mixed") ? source.getAsJsonObject("mixed") : source;
            sizes.addProperty("frames", 2);
            if (source.has("mixed") || source.has("generated")) {
                sizes.addProperty("size", 56);
            }
        }
        if (name.endsWith(SETS)) {
            for (JsonObject source : sources(data)) {
                RecipeSets.write(folder, source);
            }
        }
    }

    private static List<JsonElement> list(JsonElement data) {
        return data.isJsonArray() ? data.getAsJsonArray().asList() : List.of(data);
    }

    private static List<JsonObject> sources(JsonElement data) {
        List<JsonObject> sources = new ArrayList<>();
        for (JsonElement element : list(data)) {
            JsonObject source = element.getAsJsonObject();
            if (source.has("mixed")) {
                sources.addAll(sources(source.getAsJsonObject("mixed").get("sources")));
            } else {
                sources.add(source);
            }
        }
        return sources;
    }
}
