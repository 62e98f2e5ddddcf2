package org.vidvec.cli;

import static org.hamcrest.Matchers.containsString;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;

/** Measuring on the command line, with the demo's small model. */
public class EvalCommandTests extends ESTestCase {

    private static final Path MEDIA = PathUtils.get("src", "test", "resources", "media");

    private static final String MANIFEST =
            """
            {"set": "test", "videos": [
              {"file": "video/counting.mp4", "duration": 4, "captions": ["numbers", "digits count"],
               "questions": [{"question": "what counts?", "answer": "numbers"}],
               "moments": [{"start": 0, "end": 1.5, "caption": "the first numbers"}],
               "matches": [{"text": "numbers", "matches": true, "difficulty": "easy"},
                           {"text": "a dog", "matches": false, "difficulty": "easy"}]},
              {"file": "video/gone.mp4", "captions": ["not there"], "moments": []}],
             "images": [{"file": "image/cat.png", "captions": ["a ginger cat"]},
                        {"file": "image/cameraman-gray.png", "captions": ["a man with a camera"]},
                        {"file": "image/exif-8-person.jpg", "captions": ["a person"]}]}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Vidvec.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private static String model() {
        return PathUtils.get("src", "test", "models", "tiny").toString();
    }

    private static String set() throws Exception {
        Path folder = createTempDir();
        Files.writeString(folder.resolve("manifest.json"), MANIFEST);
        for (String file :
                new String[] {
                    "video/counting.mp4",
                    "image/cat.png",
                    "image/cameraman-gray.png",
                    "image/exif-8-person.jpg"
                }) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.write(folder.resolve(file), Files.readAllBytes(MEDIA.resolve(file)));
        }
        return folder.toString();
    }

    private JsonObject json() {
        return JsonParser.parseString(out.toString()).getAsJsonObject();
    }

    public void testAReportAndItsRepetition() throws Exception {
        String set = set();
        Path kept = createTempDir();
        String[] eval = {
            "eval",
            set,
            "--model",
            model(),
            "--rerank",
            "2",
            "--dual-softmax",
            "20,30",
            "--window",
            "2",
            "--stride",
            "1",
            "--merge",
            "1,1",
            "--answers",
            "3",
            "--out",
            kept.toString(),
            "--json"
        };
        assertEquals(err.toString(), 0, run(eval));
        JsonObject report = json();
        JsonObject t2v = report.getAsJsonObject("t2v");
        assertEquals(5, t2v.get("queries").getAsInt());
        assertEquals(4, t2v.get("candidates").getAsInt());
        assertEquals(4, report.getAsJsonObject("v2t").get("queries").getAsInt());
        for (String measure : new String[] {"recall@1", "recall@5", "recall@10", "mrr", "map"}) {
            double value = t2v.get(measure).getAsDouble();
            assertTrue(measure + " is " + value, value >= 0 && value <= 1);
        }
        assertEquals("four candidates", 1, t2v.get("recall@5").getAsDouble(), 0);
        assertEquals(
                "[\"video/gone.mp4\"]",
                report.getAsJsonObject("set").getAsJsonArray("missing").toString());
        JsonObject lengths = report.getAsJsonObject("by_duration");
        assertEquals("pictures have no length", Set.of("0-60"), lengths.keySet());
        assertEquals(1, lengths.getAsJsonObject("0-60").get("videos").getAsInt());
        assertEquals("both captions", 2, lengths.getAsJsonObject("0-60").get("queries").getAsInt());
        assertTrue(report.getAsJsonObject("rerank").has("v2t"));
        assertTrue(report.getAsJsonObject("dual_softmax").has("rerank"));
        assertEquals(1, report.getAsJsonObject("moments").get("queries").getAsInt());
        assertEquals(
                2,
                report.getAsJsonObject("matches").getAsJsonObject("easy").get("claims").getAsInt());
        // with constants that nothing reaches a segment is its seed: the best window alone
        assertEquals(
                report.getAsJsonObject("moments").get("miou"),
                report.getAsJsonObject("moments").getAsJsonObject("merged").get("miou"));
        JsonObject questions = report.getAsJsonObject("questions");
        assertEquals(1, questions.get("questions").getAsInt());
        double accuracy = questions.get("accuracy").getAsDouble();
        assertEquals(1 - questions.getAsJsonArray("wrong").size(), accuracy, 0);
        String print = report.getAsJsonObject("model").get("fingerprint").getAsString();
        assertTrue(print, print.startsWith("sha256:"));

        String before = kept.resolve("report.json").toString();
        assertEquals(err.toString(), 0, run("eval", "--replay", before, "--json"));
        assertEquals(report, json());
        assertThat(err.toString(), containsString("the same as in ["));

        Path other = createTempDir().resolve("other.json");
        Files.writeString(
                other, Files.readString(kept.resolve("report.json")).replace(print, "sha256:0"));
        assertEquals(1, run("eval", "--replay", other.toString()));
        assertThat(
                err.toString(),
                containsString(
                        "the report was made with the model [sha256:0], but [tiny] is [" + print));
    }

    public void testTheGeneratedWorldIsMeasured() {
        String[] eval = {"eval", "world", "--limit", "5", "--size", "32x32", "--model", model()};
        assertEquals(err.toString(), 0, run(eval));
        assertThat(out.toString(), containsString("generated world, split [test], seed [1]"));
        assertThat(out.toString(), containsString("its weights are random"));
    }

    /** All that is measured beside retrieval, and the same again from its report. */
    public void testFurtherMeasures() throws Exception {
        Path kept = createTempDir();
        String[] eval = {
            "eval",
            "world",
            "--limit",
            "4",
            "--size",
            "56x56",
            "--model",
            model(),
            "--long",
            "3",
            "--window",
            "4",
            "--stride",
            "2",
            "--contextualized",
            "--composed",
            "3",
            "--cross-modal",
            "2",
            "--rerank",
            "2",
            "--calibrations",
            "logit_difference,prior,dual_softmax",
            "--out",
            kept.toString(),
            "--json"
        };
        assertEquals(err.toString(), 0, run(eval));
        JsonObject report = json();
        JsonObject rerank = report.getAsJsonObject("rerank");
        assertEquals(
                "the difference ranks as the mass",
                rerank.get("t2v"),
                rerank.getAsJsonObject("calibrated_by_logit_difference").get("t2v"));
        assertEquals(
                "a video's prior is the same for all texts",
                rerank.get("v2t"),
                rerank.getAsJsonObject("calibrated_by_prior").get("v2t"));
        assertTrue(rerank.has("calibrated_by_dual_softmax"));
        JsonObject moments = report.getAsJsonObject("moments");
        assertTrue(moments.getAsJsonObject("contextualized").has("r1@0.5"));
        assertNotEquals(
                "the frames change the query",
                moments.get("miou"),
                moments.getAsJsonObject("contextualized").get("miou"));
        JsonObject composed = report.getAsJsonObject("composed");
        for (String way : new String[] {"joint", "weighted", "change_alone", "source_alone"}) {
            assertEquals(3, composed.getAsJsonObject(way).get("queries").getAsInt());
        }
        JsonObject all = report.getAsJsonObject("cross_modal").getAsJsonObject("card");
        assertEquals(6, all.getAsJsonObject("all").get("queries").getAsInt());
        assertEquals(2, all.getAsJsonObject("page").get("queries").getAsInt());
        assertEquals(
                all.getAsJsonObject("all").get("recall@1"),
                all.getAsJsonObject("all").get("hit@1"));
        String before = kept.resolve("report.json").toString();
        assertEquals(err.toString(), 0, run("eval", "--replay", before, "--json"));
        assertEquals(report, json());
    }

    public void testLayersAndMap() throws Exception {
        String set = set();
        Path to = createTempDir();
        assertEquals(
                err.toString(),
                0,
                run("layers", set, "--model", model(), "--out", to.toString(), "--json"));
        JsonObject report = json();
        assertEquals(4, report.getAsJsonArray("layers").size());
        int best = report.get("best_layer").getAsInt();
        assertTrue("" + best, best >= 1 && best <= 4);
        assertFalse(
                "nobody asked to write it",
                Files.readString(PathUtils.get(model(), "vidvec.json")).contains("\"layer\""));
        for (String file : new String[] {"layers.json", "layers.png", "layers.vl.json"}) {
            assertTrue(file, Files.size(to.resolve(file)) > 100);
        }
        JsonObject last = report.getAsJsonArray("layers").get(3).getAsJsonObject();
        assertEquals(0, run("eval", set, "--model", model(), "--json"));
        assertEquals(
                "the last layer is what the model embeds with", json().get("t2v"), last.get("t2v"));

        assertEquals(
                err.toString(), 0, run("map", set, "--model", model(), "--out", to.toString()));
        List<String> bulk = Files.readAllLines(to.resolve("map.jsonl"));
        assertEquals("an action and a document for each", 16, bulk.size());
        for (int i = 0; i < 16; i += 2) {
            assertEquals("{\"index\":{}}", bulk.get(i));
            JsonObject document = JsonParser.parseString(bulk.get(i + 1)).getAsJsonObject();
            assertTrue(document.has("label") && document.has("x") && document.has("y"));
        }
        assertTrue(
                "a bulk body ends so", Files.readString(to.resolve("map.jsonl")).endsWith("}\n"));
        assertThat(out.toString(), containsString("8 points, divergence "));
        String lengths = Files.readString(to.resolve("lengths.vl.json"));
        JsonObject bars = JsonParser.parseString(lengths).getAsJsonObject();
        // "numbers" alone has one word
        assertEquals(
                "{\"words\":\"1\",\"count\":1}",
                bars.getAsJsonObject("data").getAsJsonArray("values").get(0).toString());
        assertTrue(Files.readString(to.resolve("words.vl.json")).contains("ginger"));
        assertTrue(Files.size(to.resolve("words.png")) > 100);
    }

    public void testRefusals() throws Exception {
        assertEquals(1, run("eval", "nowhere", "--model", model()));
        assertThat(err.toString(), containsString("there is no set [nowhere]"));
        assertEquals(1, run("eval", "world"));
        assertThat(err.toString(), containsString("[--model] is missing"));
        assertEquals(1, run("eval", "world", "--model", "no-model"));
        assertThat(err.toString(), containsString("no-model]; give that of a checkpoint"));
        assertEquals(1, run("eval", "world", "--model", model(), "--split", "dev"));
        assertThat(err.toString(), containsString("unknown split [dev]; known are"));
        assertEquals(1, run("eval", "world", "--model", model(), "--size", "big"));
        assertThat(err.toString(), containsString("[--size] is [big]; it must be like [84x84]"));
        assertEquals(2, run("eval", "--model", model()));
        assertThat(err.toString(), containsString("[SET] is missing"));
        assertEquals(2, run("eval", "world", "--model", model(), "--stride", "11"));
        assertThat(err.toString(), containsString("[--stride] must be above 0"));
        String[] calibrated = {
            "eval", "world", "--model", model(), "--rerank", "2", "--calibrations", "softmax"
        };
        assertEquals(2, run(calibrated));
        assertThat(err.toString(), containsString("unknown [calibration] [softmax]; it must be"));
        assertEquals(2, run("eval", "world", "--model", model(), "--calibrations", "prior"));
        assertThat(err.toString(), containsString("give [--rerank] too"));
        assertEquals(1, run("eval", set(), "--model", model(), "--composed", "2"));
        assertThat(err.toString(), containsString("are there; set [manifest] has [0]"));
        assertEquals(1, run("eval", set(), "--model", model(), "--cross-modal", "2"));
        assertThat(err.toString(), containsString("needs the set [world], not ["));
        for (String scale : new String[] {"0", "x", "1,2,3", "tune,3", "NaN", "Infinity"}) {
            assertEquals(
                    scale, 2, run("eval", "world", "--model", model(), "--dual-softmax", scale));
            assertThat(err.toString(), containsString("it must be [tune], or one or two numbers"));
        }
        assertEquals(2, run("eval", "world", "--model", model(), "--sample", "some"));
        assertThat(err.toString(), containsString("[--sample]: [some] must be like uniform:8"));
        assertEquals(1, run("eval", "world", "--model", model(), "--caption-field", "dense"));
        assertThat(err.toString(), containsString("but the clips of [world] have one short"));
        assertEquals(1, run("mmeb", "world", "--model", model(), "--tasks", "imagenet"));
        assertThat(err.toString(), containsString("unknown tasks [imagenet]; known are ["));
        Path folder = createTempDir();
        String kept = createTempDir().toString();
        String[] mmeb = {
            "mmeb", folder.toString(), "--model", model(), "--tasks", "VOC2007", "--out", kept
        };
        assertEquals(1, run(mmeb));
        assertThat(err.toString(), containsString("has none of the folders [VOC2007]"));
    }
}
