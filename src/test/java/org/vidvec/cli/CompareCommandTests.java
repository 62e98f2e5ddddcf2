package org.vidvec.cli;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;

/** Reports of a real evaluation beside what papers publish. */
public class CompareCommandTests extends ESTestCase {

    private static final Path RESOURCES = PathUtils.get("src", "test");
    private static final String MODEL = RESOURCES.resolve("models/tiny").toString();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Vidvec.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    /** A clip in the layout of MSR-VTT's test split. */
    private static Path set() throws Exception {
        Path folder = createTempDir();
        Files.writeString(
                folder.resolve("MSRVTT_JSFUSION_test.csv"),
                "key,vid_key,video_id,sentence\nret0,msr9770,video9770,numbers are counted\n");
        Path clip = RESOURCES.resolve("resources/media/video/counting.mp4");
        Files.write(folder.resolve("video9770.mp4"), Files.readAllBytes(clip));
        return folder;
    }

    public void testTablesBesideThePapers() throws Exception {
        Path kept = createTempDir();
        assertEquals(
                err.toString(),
                0,
                run(
                        "eval",
                        set().toString(),
                        "--model",
                        MODEL,
                        "--rerank",
                        "1",
                        "--out",
                        kept.toString()));
        String report = kept.resolve("report.json").toString();
        assertEquals(err.toString(), 0, run("compare", report, "--json"));
        JsonArray rows = JsonParser.parseString(out.toString()).getAsJsonArray();
        JsonObject own = rows.get(0).getAsJsonObject();
        assertEquals("msrvtt", own.get("set").getAsString());
        assertEquals("tiny", own.get("model").getAsString());
        assertEquals("one clip, one sentence", 1, own.get("recall@1").getAsDouble(), 0);
        assertFalse(own.has("published"));
        JsonObject judged = rows.get(2).getAsJsonObject();
        assertEquals("tiny, rerank", judged.get("model").getAsString());
        JsonObject published = row(rows, "t2v", "VidVec-O");
        assertEquals(0.525, published.get("recall@1").getAsDouble(), 1e-12);
        assertEquals(0.763, published.get("recall@5").getAsDouble(), 1e-12);
        assertEquals(0.838, published.get("recall@10").getAsDouble(), 1e-12);
        assertEquals("VidVec Table 2", published.get("published").getAsString());
        JsonObject untold = row(rows, "v2t", "ViLL-E, two stages");
        assertEquals(0.573, untold.get("recall@1").getAsDouble(), 1e-12);
        assertFalse("not told", untold.has("recall@10"));
        for (JsonElement row : rows) {
            assertEquals("of no other set", own.get("set"), row.getAsJsonObject().get("set"));
        }

        assertEquals(err.toString(), 0, run("compare", report));
        assertThat(out.toString(), containsString("msrvtt, text to media"));
        assertThat(
                out.toString(),
                containsString(
                        "ViLL-E                                            62.5      78.1         -"
                                + "  ViLL-E Tables 1, 4"));
        assertThat(
                "V-27's delta",
                out.toString(),
                containsString("VidVec Table 1; its page: 3.1 R@1 above all trained"));
        assertThat(
                "the clip lasts less than a minute",
                out.toString(),
                containsString("msrvtt, text to media, R@1 by seconds of video"));
    }

    /** A report of mmeb beside VLM2Vec-V2.0. */
    public void testAReportCard() throws Exception {
        Path folder = createTempDir();
        Files.move(set(), folder.resolve("MSR-VTT"));
        String kept = createTempDir().toString();
        assertEquals(
                err.toString(), 0, run("mmeb", folder.toString(), "--model", MODEL, "--out", kept));
        assertEquals(err.toString(), 0, run("compare", kept + "/report.json", "--json"));
        JsonArray rows = JsonParser.parseString(out.toString()).getAsJsonArray();
        JsonObject own = row(rows, "mmeb_videos", "tiny, 1 of 78 tasks");
        assertEquals(1, own.get("MSR-VTT").getAsDouble(), 0);
        assertFalse("not measured", own.has("MSVD"));
        JsonObject paper = row(rows, "mmeb_videos", "VLM2Vec-V2.0");
        assertEquals("M-30", 0.481, paper.get("MSVD").getAsDouble(), 1e-12);
        JsonObject other = row(rows, "mmeb", "GME-7B");
        assertEquals("M-31", 0.752, other.get("visdoc").getAsDouble(), 1e-12);
        assertEquals(err.toString(), 0, run("compare", kept + "/report.json"));
        assertThat(out.toString(), containsString("mmeb-v2, video retrieval"));
        assertThat(out.toString(), not(containsString("mmeb-v2, video questions")));
    }

    /** Everything, also of what no command measures. */
    public void testAllThatIsPublished() {
        assertEquals(err.toString(), 0, run("compare", "--published", "--json"));
        JsonArray rows = JsonParser.parseString(out.toString()).getAsJsonArray();
        JsonObject lens = row(rows, "tokens", "ViLL-E");
        assertEquals("E-47, no percent", 14.8, lens.get("180+").getAsDouble(), 1e-12);
        assertEquals("E-45", 262, row(rows, "latency", "adaptive").get("ms").getAsDouble(), 0);
        assertEquals(
                "E-36",
                0.652,
                row(rows, "questions", "ViLL-E").get("accuracy").getAsDouble(),
                1e-12);
        assertEquals(
                "E-38",
                0.5313,
                row(rows, "composed", "ViLL-E").get("recall@1").getAsDouble(),
                1e-12);
        JsonObject full = row(rows, "ablation", "all of it");
        assertEquals("E-57", 62.8, full.get("msrvtt").getAsDouble(), 1e-12);
        assertThat(full.get("note").getAsString(), containsString("62.5"));
        JsonObject seen = row(rows, "v2t", "VidVec");
        assertThat("V-26", seen.get("note").getAsString(), containsString("saw ActivityNet"));
        assertEquals(err.toString(), 0, run("compare", "--published"));
        for (String line :
                new String[] {
                    "msrvtt, questions",
                    "videochatgpt, answers, graded from 0 to 5",
                    "activitynet, text to media, R@1 by seconds of video",
                    "covr, composed queries",
                    "ViLL-E, long captions                             75.7      92.4         -",
                    "ViLL-E, 10 s every 5 s, IoU 0.4                   41.7         -         -"
                }) {
            assertThat(out.toString(), containsString(line));
        }
        assertEquals(2, run("compare"));
        assertThat(err.toString(), containsString("[REPORT] is missing"));
    }

    private static JsonObject row(JsonArray rows, String task, String model) {
        for (JsonElement element : rows) {
            JsonObject row = element.getAsJsonObject();
            if (row.get("task").getAsString().equals(task)
                    && row.get("model").getAsString().equals(model)) {
                return row;
            }
        }
        throw new AssertionError("no row [" + model + "] among " + rows);
    }

    public void testCurvesOfSeveral() throws Exception {
        Path kept = createTempDir();
        assertEquals(
                err.toString(),
                0,
                run("layers", set().toString(), "--model", MODEL, "--out", kept.toString()));
        Path runs = createTempDir();
        Path logShort = log(runs.resolve("nli"), 3);
        Path logged = log(runs.resolve("long"), 100);
        Path logLong = Files.move(logged, logged.resolveSibling("in-context.jsonl"));
        Path to = createTempDir();
        assertEquals(
                err.toString(),
                0,
                run(
                        "compare",
                        kept.resolve("layers.json").toString(),
                        logShort.toString(),
                        logLong.toString(),
                        "--out",
                        to.toString()));
        assertEquals("no tables", "", out.toString());
        assertTrue(Files.size(to.resolve("layers.png")) > 0);
        assertThat(values(to.resolve("layers.vl.json")), hasSize(4));
        List<JsonElement> losses = values(to.resolve("loss.vl.json"));
        assertThat("all of the short one, 50 means of the long one", losses, hasSize(3 + 50));
        JsonObject first = losses.get(3).getAsJsonObject();
        assertEquals("in-context", first.get("line").getAsString());
        assertEquals("of steps 1 and 2", 1.5, first.get("loss").getAsDouble(), 1e-12);
    }

    /** A run whose loss is the number of the step; of its last line a kill has left a part. */
    private static Path log(Path folder, int steps) throws Exception {
        StringBuilder log = new StringBuilder();
        for (int i = 1; i <= steps; i++) {
            log.append("{\"step\":" + i + ",\"loss\":" + i + ",\"seconds\":0.5}\n");
        }
        Files.createDirectories(folder);
        return Files.writeString(folder.resolve("log.jsonl"), log + "{\"step\":");
    }

    private static List<JsonElement> values(Path chart) throws Exception {
        return JsonParser.parseString(Files.readString(chart))
                .getAsJsonObject()
                .getAsJsonObject("data")
                .getAsJsonArray("values")
                .asList();
    }

    public void testRefusals() throws Exception {
        Path folder = createTempDir();
        assertEquals(1, run("compare", folder.resolve("report.json").toString()));
        assertThat(err.toString(), containsString("can't read ["));
        Path other =
                Files.writeString(folder.resolve("report.json"), "{\"set\": {}, \"model\": \"a\"}");
        assertEquals(1, run("compare", other.toString()));
        assertThat(
                err.toString(),
                containsString("report.json] can't be compared: it is no report of [eval]"));
        Path none = Files.writeString(folder.resolve("layers.json"), "{}");
        assertEquals(1, run("compare", none.toString(), "--out", folder.toString()));
        assertThat(err.toString(), containsString("it is no report of [layers]"));
        Path text = Files.writeString(folder.resolve("notes.json"), "not at all");
        assertEquals(1, run("compare", text.toString()));
        assertThat(err.toString(), containsString("can't be compared: it is no JSON object"));
        Path log = log(folder.resolve("run"), 2);
        assertEquals(1, run("compare", log.toString()));
        assertThat(err.toString(), containsString("say where with [--out]"));
        assertEquals(1, run("compare", log(folder.resolve("none"), 0).toString(), "--out", "x"));
        assertThat(err.toString(), containsString("it has no step"));
    }
}
