package org.vidvec.cli;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;

/** The report card of MMEB-V2 from the command to its files, with a small model. */
public class MmebCommandTests extends ESTestCase {

    private static final Path RESOURCES = PathUtils.get("src", "test");
    private static final String MODEL = RESOURCES.resolve("models/tiny").toString();
    private static final Path CLIP = RESOURCES.resolve("resources/media/video/counting.mp4");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path folder;
    private Path kept;

    @Override
    public void setUp() throws Exception {
        super.setUp();
        folder = createTempDir();
        kept = createTempDir();
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Vidvec.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private int mmeb(String... further) {
        List<String> args = new ArrayList<>(List.of("mmeb", folder.toString()));
        args.addAll(List.of("--model", MODEL, "--out", kept.toString()));
        args.addAll(List.of(further));
        return run(args.toArray(String[]::new));
    }

    /** A task's annotations, beside a clip of four seconds. */
    private void task(String name, String file, String text) throws Exception {
        Path task = Files.createDirectories(folder.resolve(name));
        Files.writeString(task.resolve(file), text);
        Files.write(task.resolve("counting.mp4"), Files.readAllBytes(CLIP));
    }

    /** Rows of the table by their first column, each by the table's heads. */
    private Map<String, Map<String, String>> table() throws Exception {
        List<String> lines = Files.readAllLines(kept.resolve("leaderboard.csv"));
        String[] heads = lines.get(0).split(",", -1);
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            assertEquals(line, heads.length, cells.length);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < heads.length; i++) {
                row.put(heads[i], cells[i]);
            }
            assertNull("twice", rows.put(cells[0], row));
        }
        return rows;
    }

    private JsonObject report() throws Exception {
        return JsonParser.parseString(Files.readString(kept.resolve("report.json")))
                .getAsJsonObject();
    }

    /** Counterparts of all 78 tasks: one of each family, and their averages. */
    public void testTheGeneratedWorld() throws Exception {
        String[] mmeb = {
            "mmeb",
            "world",
            "--limit",
            "3",
            "--size",
            "32x32",
            "--model",
            MODEL,
            "--out",
            kept.toString()
        };
        assertEquals(err.toString(), 0, run(mmeb));
        Map<String, Map<String, String>> rows = table();
        Map<String, List<Double>> modalities = new LinkedHashMap<>();
        List<Double> all = new ArrayList<>();
        List<String> families = new ArrayList<>();
        rows.forEach(
                (name, row) -> {
                    if (name.startsWith("world-")) {
                        families.add(row.get("meta_task"));
                        assertEquals(name, "generated", row.get("source"));
                        assertEquals(name, 3, Double.parseDouble(row.get("queries")), 0);
                        boolean page = row.get("modality").equals("visdoc");
                        assertEquals(name, page ? "ndcg_linear@5" : "hit@1", row.get("metric"));
                        double score = Double.parseDouble(row.get("score"));
                        String counts = row.get(page ? "ndcg_linear@5" : "recall@1");
                        assertEquals(name, 100 * Double.parseDouble(counts), score, 0.01);
                        all.add(score);
                        modalities
                                .computeIfAbsent(row.get("modality"), k -> new ArrayList<>())
                                .add(score);
                        Map<String, String> own = rows.get("average of " + row.get("meta_task"));
                        assertEquals(name, row.get("score"), own.get("score"));
                    }
                });
        assertEquals(
                List.of(
                        "image-classification",
                        "image-qa",
                        "image-retrieval",
                        "image-grounding",
                        "video-classification",
                        "video-qa",
                        "video-retrieval",
                        "moment-retrieval",
                        "visdoc-retrieval"),
                families);
        modalities.put("overall", all);
        modalities.forEach((name, scores) -> assertMean(rows.get("average of " + name), scores));
        assertEquals("families, their averages, modalities, all", 9 + 9 + 3 + 1, rows.size());
        JsonObject report = report();
        assertEquals("tiny", report.get("model").getAsString());
        assertEquals(
                Double.parseDouble(rows.get("average of overall").get("score")),
                100 * report.getAsJsonObject("averages").get("overall").getAsDouble(),
                0.01);
        assertThat(
                "what is generated is not what was published",
                out.toString(),
                not(containsString("VLM2Vec")));
    }

    private static void assertMean(Map<String, String> row, List<Double> scores) {
        double mean = scores.stream().mapToDouble(d -> d).average().orElseThrow();
        assertEquals(row.toString(), mean, Double.parseDouble(row.get("score")), 0.02);
        String counted = scores.size() + " of " + scores.size() + " tasks";
        assertEquals(counted, row.get("source"));
    }

    /** M-20, M-26: all that the authors' harness tells, of one right answer that comes first. */
    public void testEveryMeasureOfARanking() throws Exception {
        task(
                "MSR-VTT",
                "MSRVTT_JSFUSION_test.csv",
                "key,vid_key,video_id,sentence\nret0,msr9770,counting,numbers\n");
        assertEquals(err.toString(), 0, mmeb("--tasks", "video-retrieval"));
        Map<String, String> row = table().get("MSR-VTT");
        for (int k : new int[] {1, 5, 10}) {
            double precision = 1. / k;
            Map<String, Double> expected =
                    Map.of(
                            "recall@", 1.,
                            "recall_of_all@", 1.,
                            "precision@", precision,
                            "f1@", 2 * precision / (precision + 1),
                            "map@", 1.,
                            "mrr@", 1.,
                            "ndcg_linear@", 1.,
                            "ndcg_exponential@", 1.);
            expected.forEach(
                    (name, value) ->
                            assertEquals(
                                    name + k, value, Double.parseDouble(row.get(name + k)), 1e-5));
        }
        assertEquals("missing", table().get("DiDeMo").get("source"));
        assertThat("M-30", out.toString(), containsString("VLM2Vec-V2.0 28.3"));
        assertThat(
                "one of five is not their average",
                out.toString(),
                not(containsString("VLM2Vec-V2.0 28.8")));
        String note = "MSR-VTT: it has [1] queries here, the published set has [1000]";
        assertThat(out.toString(), containsString(note));
        assertThat(report().getAsJsonArray("notes").toString(), containsString(note));
    }

    /** M-22: about ten clips of the same video; Charades-STA without long segments. */
    public void testMomentsOfPublishedLayouts() throws Exception {
        task(
                "Charades-STA",
                "charades_sta_test.txt",
                "counting 0.5 1.5##numbers\ncounting 0 3##longer than a third of the video\n");
        Files.writeString(
                folder.resolve("Charades-STA/Charades_v1_test.csv"), "id,length\ncounting,4\n");
        task(
                "QVHighlight",
                "highlight_val_release.jsonl",
                """
                {"qid": 1, "query": "digits", "vid": "counting", "duration": 4, "relevant_windows": [[0, 0.5], [3.5, 4]]}
                {"qid": 2, "query": "a long one", "vid": "counting", "duration": 4, "relevant_windows": [[0, 1.5]]}
                {"qid": 3, "query": "nothing else is there", "vid": "counting", "duration": 4, "relevant_windows": [[0, 4]]}
                """);
        assertEquals(err.toString(), 0, mmeb("--tasks", "moment-retrieval", "--json"));
        Map<String, Map<String, String>> rows = table();
        Map<String, String> charades = rows.get("Charades-STA");
        assertEquals(1, Double.parseDouble(charades.get("queries")), 0);
        assertEquals(10, Double.parseDouble(charades.get("candidates")), 0);
        Map<String, String> highlights = rows.get("QVHighlight");
        assertEquals(2, Double.parseDouble(highlights.get("queries")), 0);
        double rank = Double.parseDouble(charades.get("mrr"));
        assertTrue("among ten: " + rank, rank >= 0.1 && rank <= 1);
        assertEquals("the best of ten", 1, Double.parseDouble(charades.get("recall@10")), 0);
        String left = report().getAsJsonArray("left_out").toString();
        assertThat(left, containsString("Charades-STA: [1] of [2] moments"));
        assertThat(left, containsString("QVHighlight: [1] of [3] moments"));
        String before = Files.readString(kept.resolve("leaderboard.csv"));
        assertEquals(err.toString(), 0, mmeb("--tasks", "moment-retrieval"));
        assertEquals(before, Files.readString(kept.resolve("leaderboard.csv")));
    }

    /** MomentSeeker: stretches of one video, several of them right, a stretch as the query. */
    public void testRowsWithStretches() throws Exception {
        task(
                "MomentSeeker",
                "test.jsonl",
                """
                {"qry_text": "numbers", "qry_video_path": "counting.mp4", "qry_video_span": [0, 1], "tgt_video_path": ["counting.mp4", "counting.mp4"], "tgt_video_span": [[0, 1], [2, 4]], "label": [0, 1]}
                {"qry_text": "numbers", "tgt_video_path": ["counting.mp4"], "tgt_video_span": [[3, 2]]}
                {"qry_text": "numbers", "tgt_video_path": ["counting.mp4"], "label": [1]}
                {"qry_text": "numbers", "tgt_video_path": ["counting.mp4"], "tgt_video_span": [[0, 1], [1, 2]]}
                """);
        assertEquals(err.toString(), 0, mmeb("--tasks", "MomentSeeker", "--skip-bad"));
        Map<String, String> row = table().get("MomentSeeker");
        assertEquals(1, Double.parseDouble(row.get("queries")), 0);
        assertEquals("all are right", 1, Double.parseDouble(row.get("recall@1")), 0);
        assertEquals("one of two", 0.5, Double.parseDouble(row.get("recall_of_all@1")), 0);
        String left = report().getAsJsonArray("left_out").toString();
        assertThat(left, containsString("field [tgt_video_span]"));
        assertThat(left, containsString("field [label] is [[1]]; there are [1] targets"));
        assertThat(left, containsString("has [2] entries; [tgt_video_path] has [1]"));
    }

    /** What can't be ranked is told in a sentence. */
    public void testRefusals() throws Exception {
        task("DiDeMo", "charades_sta_test.txt", "counting 0.5 1.5##numbers\n");
        assertEquals(1, mmeb("--tasks", "DiDeMo"));
        assertThat(err.toString(), containsString("task [DiDeMo]: nothing can be ranked"));
        assertThat(err.toString(), not(containsString("\tat ")));
        task("K700", "own.jsonl", "{\"video\": \"counting.mp4\", \"captions\": [\"numbers\"]}\n");
        assertEquals(1, mmeb("--tasks", "K700"));
        assertThat(err.toString(), containsString("task [K700] needs [test.jsonl]"));
        task(
                "QVHighlight",
                "own.jsonl",
                "{\"video\": \"counting.mp4\", \"captions\": [\"one\"]}\n");
        assertEquals(1, mmeb("--tasks", "QVHighlight"));
        assertThat(err.toString(), containsString("task [QVHighlight]: nothing can be ranked"));
    }
}
