package org.vidvec.cli;

import static org.hamcrest.Matchers.containsString;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.parity.Parity;

/** Figures of a model and an adapter of it are those of their reports. */
public class FiguresCommandTests extends ESTestCase {

    private static final String CARD =
            """
            {"prompt_style": "chat", "sampling": {"strategy": "uniform", "frames": 2}}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Vidvec.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private static void copy(String from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(Parity.path(from))) {
            for (Path file : files.toList()) {
                Files.write(to.resolve(file.getFileName().toString()), Files.readAllBytes(file));
            }
        }
    }

    public void testAModelAndItsAdapter() throws Exception {
        Path models = createTempDir();
        copy("qwen2_vl_a/checkpoint", models.resolve("checkpoint"));
        copy("qwen2_vl_a/lora/adapter", models.resolve("checkpoint-vidvec"));
        Files.writeString(models.resolve("checkpoint/vidvec.json"), CARD);
        copy("qwen2_vl_a/lora/adapter", models.resolve("checkpoint-vill-e"));
        Files.writeString(
                models.resolve("checkpoint-vill-e/vidvec.json"), "{\"pooling\": \"kv_former\"}");
        Path kept = createTempDir();
        int code =
                run(
                        "figures",
                        "--model",
                        models.resolve("checkpoint").toString(),
                        "--limit",
                        "3",
                        "--size",
                        "32x32",
                        "--long",
                        "1",
                        "--composed",
                        "4",
                        "--cross-modal",
                        "2",
                        "--out",
                        kept.toString(),
                        "--json");
        assertEquals(err.toString(), 0, code);
        JsonObject all = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertEquals(all, JsonParser.parseString(Files.readString(kept.resolve("figures.json"))));
        Map<String, JsonObject> figures = new LinkedHashMap<>();
        for (JsonElement each : all.getAsJsonArray("figures")) {
            figures.put(each.getAsJsonObject().get("what").getAsString(), each.getAsJsonObject());
        }
        JsonObject reports = all.getAsJsonObject("reports");
        JsonObject base = reports.getAsJsonObject("checkpoint");
        double zeroShot = found(figures, "checkpoint, text to video R@1");
        assertEquals(recall(base), zeroShot, 0);
        String reranked = "checkpoint, text to video R@1 after the rerank of 20";
        assertEquals(recall(base.getAsJsonObject("rerank")), found(figures, reranked), 0);
        assertEquals(zeroShot + 0.03, figures.get(reranked).get("reach").getAsDouble(), 1e-12);
        assertEquals(
                recall(reports.getAsJsonObject("checkpoint-vidvec")),
                found(figures, "checkpoint-vidvec, text to video R@1"),
                0);
        assertEquals(
                base.getAsJsonObject("questions").get("without_looking").getAsDouble(),
                found(figures, "right answers without looking"),
                0);
        JsonObject captions = base.getAsJsonObject("captions");
        assertEquals(3, captions.get("captions").getAsInt());
        int right = 0;
        for (JsonElement each : captions.getAsJsonArray("first")) {
            right += each.getAsJsonObject().get("right").getAsInt();
        }
        double words = captions.get("words").getAsDouble();
        assertEquals(right / words, found(figures, "checkpoint, right words of captions"), 1e-12);
        assertEquals(
                6,
                base.getAsJsonObject("matches").getAsJsonObject("near").get("claims").getAsInt());
        JsonObject composed = base.getAsJsonObject("composed").getAsJsonObject("joint");
        assertEquals(4, composed.get("candidates").getAsInt());
        assertEquals(
                composed.get("recall@1").getAsDouble(),
                found(figures, "checkpoint, composed R@1"),
                0);
        JsonObject images =
                reports.getAsJsonObject("checkpoint-vidvec")
                        .getAsJsonObject("cross_modal")
                        .getAsJsonObject("card")
                        .getAsJsonObject("image");
        assertEquals(6, images.get("candidates").getAsInt());
        assertEquals(
                images.get("hit@1").getAsDouble(),
                found(figures, "checkpoint-vidvec, one index, Hit@1 of images"),
                0);
        JsonObject moments = base.getAsJsonObject("moments");
        double merged = moments.getAsJsonObject("merged").get("r1@0.5").getAsDouble();
        assertEquals(merged, found(figures, "checkpoint, moments R@1 at IoU 0.5"), 0);
        assertEquals(
                merged - moments.get("r1@0.5").getAsDouble(),
                found(figures, "checkpoint, merged against single windows"),
                1e-12);
        assertTrue(moments.getAsJsonObject("contextualized").has("merged"));
        JsonObject layers = reports.getAsJsonObject("checkpoint by layer");
        assertEquals(layers, JsonParser.parseString(Files.readString(kept.resolve("layers.json"))));
        assertTrue(Files.size(kept.resolve("layers.png")) > 0);
        for (JsonElement layer : layers.getAsJsonArray("layers")) {
            JsonObject t2v = layer.getAsJsonObject().getAsJsonObject("t2v");
            assertEquals("long videos are none", 3, t2v.get("candidates").getAsInt());
        }
        requireMissing(all.getAsJsonArray("missing"));
        for (JsonObject figure : figures.values()) {
            double found = figure.get("found").getAsDouble();
            if (figure.has("against")) {
                double of = figure.get("of").getAsDouble();
                double against = figure.get("against").getAsDouble();
                assertEquals(figure.toString(), of - against, found, 1e-12);
                assertEquals(of > against, figure.get("reached").getAsBoolean());
                continue;
            }
            assertTrue(figure.toString(), found >= 0 && found <= 1);
            if (figure.has("reach")) {
                assertEquals(
                        figure.toString(),
                        found >= figure.get("reach").getAsDouble(),
                        figure.get("reached").getAsBoolean());
            }
        }
    }

    /** What can't be compared is told and ends nothing. */
    private static void requireMissing(JsonArray missing) {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (JsonElement each : missing) {
            JsonObject one = each.getAsJsonObject();
            reasons.put(one.get("adapter").getAsString(), one.get("reason").getAsString());
        }
        assertFalse(reasons.toString(), reasons.containsKey("checkpoint-vidvec"));
        assertEquals("there is no folder [checkpoint-vlm2vec]", reasons.get("checkpoint-vlm2vec"));
        assertEquals(
                "there is no folder [checkpoint-vill-e-1]", reasons.get("checkpoint-vill-e-1"));
        assertThat(
                reasons.get("checkpoint-vill-e"),
                containsString("[kv_former_config.json] of the [kv_former] head is not in"));
    }

    public void testSetsWithoutCaptionsAreNotDescribed() throws Exception {
        Path set = createTempDir().resolve("set.jsonl");
        Path image = set.resolveSibling("a.png");
        Files.writeString(
                set,
                "{\"image\": \"a.png\", \"matches\": [{\"text\": \"a cat\", \"matches\": true}]}\n");
        Path media = PathUtils.get("src", "test", "resources", "media", "image", "cat.png");
        Files.write(image, Files.readAllBytes(media));
        Path models = createTempDir();
        copy("qwen2_vl_a/checkpoint", models.resolve("checkpoint"));
        String model = models.resolve("checkpoint").toString();
        int code =
                run("eval", set.toString(), "--model", model, "--rerank", "1", "--describe", "4");
        assertEquals(1, code);
        assertThat(
                err.toString(),
                containsString("has no captions that the model's could stand beside; leave"));
    }

    private static double found(Map<String, JsonObject> figures, String what) {
        assertTrue(what + " in " + figures.keySet(), figures.containsKey(what));
        return figures.get(what).get("found").getAsDouble();
    }

    private static double recall(JsonObject report) {
        return report.getAsJsonObject("t2v").get("recall@1").getAsDouble();
    }
}
