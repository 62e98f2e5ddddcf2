package org.vidvec.quality;

import static org.hamcrest.Matchers.containsString;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.datasets.BadLines;
import org.vidvec.media.MediaReader;
import org.vidvec.media.Sampling;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.world.FrameSize;

/** The registry of MMEB-V2, its averages, and tasks out of files. */
public class MmebTests extends ESTestCase {

    /** VLM2Vec-V2, Fig. 1 and Table 1 (M-19, M-20, M-21, M-22, M-23, M-24). */
    public void testTheRegistryHasThe78Tasks() {
        Map<String, Integer> modalities = new HashMap<>();
        Map<String, Integer> metaTasks = new HashMap<>();
        List<MmebTask> all = MmebTask.all();
        for (MmebTask task : all) {
            modalities.merge(task.modality(), 1, Integer::sum);
            metaTasks.merge(task.metaTask(), 1, Integer::sum);
        }
        assertEquals(78, all.size());
        assertEquals(78, all.stream().map(MmebTask::name).distinct().count());
        assertEquals(Map.of("image", 36, "video", 18, "visdoc", 24), modalities);
        assertEquals(10, (int) metaTasks.get("image-classification"));
        assertEquals(10, (int) metaTasks.get("image-qa"));
        assertEquals(12, (int) metaTasks.get("image-retrieval"));
        assertEquals(4, (int) metaTasks.get("image-grounding"));
        assertEquals(5, (int) metaTasks.get("video-classification"));
        assertEquals(5, (int) metaTasks.get("video-qa"));
        assertEquals(5, (int) metaTasks.get("video-retrieval"));
        assertEquals(3, (int) metaTasks.get("moment-retrieval"));
        assertEquals(MmebTask.Metric.NDCG_5, all.get(77).metric());
        assertEquals(MmebTask.Metric.HIT_1, all.get(53).metric());
        assertEquals(
                8564,
                all.stream().filter(t -> t.name().equals("NExTQA")).findFirst().get().queries());
    }

    /** The paper's own numbers: 64.9, 34.6 and 65.4 over 36, 18 and 24 tasks are 58.0 over all. */
    public void testTheOverallScoreIsTheMeanOfAllTasks() {
        Map<String, Double> reached = Map.of("image", 0.649, "video", 0.346, "visdoc", 0.654);
        List<MmebScore> scores = new ArrayList<>();
        for (MmebTask task : MmebTask.all()) {
            Map<String, Double> measures = new HashMap<>();
            for (String name :
                    List.of(
                            "recall",
                            "recall_of_all",
                            "precision",
                            "f1",
                            "map",
                            "mrr",
                            "ndcg_linear",
                            "ndcg_exponential")) {
                List.of("", "@1", "@5", "@10").forEach(k -> measures.put(name + k, 0.0));
            }
            measures.put("queries", 1.0);
            measures.put("candidates", 2.0);
            measures.put(task.metric().measure(), reached.get(task.modality()));
            scores.add(new MmebScore(task, "published", measures));
        }
        Leaderboard board = new Leaderboard(MmebTask.all(), scores);
        Leaderboard.Average overall = board.averages().get(board.averages().size() - 1);
        assertEquals("overall", overall.name());
        assertEquals(78, overall.tasks());
        assertEquals(0.580, overall.score(), 0.001);
        List<String> lines = board.csv().lines().toList();
        assertEquals(1 + 78 + 12 + 3 + 1, lines.size());
        assertThat(
                lines.get(1),
                containsString("ImageNet-1K,image,image-classification,published,hit@1,64.90,"));
        int columns = lines.get(0).split(",", -1).length;
        lines.forEach(line -> assertEquals(line, columns, line.split(",", -1).length));
        assertThat(
                new Leaderboard(MmebTask.all(), scores.subList(0, 2)).csv(),
                containsString("SUN397,image,image-classification,missing,hit@1,,"));
    }

    /**
     * Every family has right answers that are among its candidates, and more than one candidate.
     */
    public void testGeneratedCounterparts() throws Exception {
        WorldTasks world = new WorldTasks(1, 8, new FrameSize(32, 32), new Sampling.Uniform(2));
        for (MmebTask task : MmebTask.all()) {
            RankTask generated = world.task(task.metaTask());
            assertEquals(task.metaTask(), 8, generated.queries().size());
            for (RankTask.Query query : generated.queries()) {
                assertEquals(1, query.right().size());
                int right = query.right().keySet().iterator().next();
                int n =
                        query.among().isEmpty()
                                ? generated.candidates().size()
                                : query.among().size();
                assertTrue(task.metaTask() + " has " + n, n >= 2);
                assertTrue(query.among().isEmpty() || query.among().contains(right));
                assertTrue(right < generated.candidates().size());
                assertFalse(query.side().reading().read().isEmpty());
            }
            assertFalse(generated.candidates().get(0).reading().read().isEmpty());
        }
    }

    public void testPublishedColumns() throws Exception {
        Path folder = createTempDir();
        Path task = Files.createDirectories(folder.resolve("VOC2007"));
        Path image = PathUtils.get("src", "test", "resources", "media", "image", "cat.png");
        Files.write(task.resolve("cat.png"), Files.readAllBytes(image));
        Files.writeString(
                task.resolve("test.jsonl"),
                """
                {"qry_text": "<|image_1|> Identify the object.", "qry_img_path": "VOC2007/cat.png", "tgt_text": ["cat", "dog"], "tgt_img_path": ["", ""]}
                {"qry_text": "<|image_1|> Identify the object.", "qry_img_path": "VOC2007/none.png", "tgt_text": ["cat"], "tgt_img_path": [""]}
                {"qry_text": "x", "tgt_text": ["a", "dog"], "label": 1}
                {"qry_text": "x", "tgt_text": []}
                """);
        FileShelf shelf =
                new FileShelf(
                        new MediaReader(NativeLibraries.fromSystemProperty()),
                        new Sampling.Uniform(2));
        MmebTask voc =
                MmebTask.all().stream().filter(t -> t.name().equals("VOC2007")).findFirst().get();
        PublishedTasks data = new PublishedTasks(folder, shelf, BadLines.Policy.SKIP, 1);
        assertTrue(data.has(voc));
        RankTask opened = data.open(voc, 0);
        assertEquals(2, opened.queries().size());
        assertEquals(3, opened.candidates().size());
        assertEquals(Map.of(0, 1), opened.queries().get(0).right());
        assertEquals(List.of(2, 1), opened.queries().get(1).among());
        assertEquals(Map.of(1, 1), opened.queries().get(1).right());
        assertEquals(2, opened.queries().get(0).side().reading().read().size());
        assertThat(data.notes().toString(), containsString("line [4]"));
        assertThat(data.notes().toString(), containsString("beginning with [VOC2007/none.png]"));
        PublishedTasks strict = new PublishedTasks(folder, shelf, BadLines.Policy.FAIL, 1);
        assertThat(
                expectThrows(QualityException.class, () -> strict.open(voc, 0)).getMessage(),
                containsString("task [VOC2007]: line [4] of ["));
    }

    public void testKeywords() {
        assertEquals("star", Keywords.dominant(List.of("a red star", "the star and the moon")));
        assertEquals("-", Keywords.dominant(List.of("it is")));
    }
}
