package org.vidvec.datasets;

import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticsearch.test.ESTestCase;

/** Small sets in the layouts in which the public ones are published. */
public class LayoutTests extends ESTestCase {

    private Path folder;

    @Override
    public void setUp() throws Exception {
        super.setUp();
        folder = createTempDir();
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void media(String... names) throws IOException {
        for (String name : names) {
            file("videos/" + name, "");
        }
    }

    private LabelledSet read(String split) throws DatasetException {
        return Datasets.read(new Datasets.Order(folder, null, null, split, BadLines.Policy.FAIL));
    }

    private static List<String> texts(LabelledSet set) {
        return set.captions().stream().map(Caption::text).toList();
    }

    private static List<String> ids(LabelledSet set) {
        return set.media().stream().map(Medium::id).toList();
    }

    public void testMsrVtt() throws Exception {
        file(
                "MSRVTT_data.json",
                """
                {"videos": [{"video_id": "video0", "split": "train"},
                            {"video_id": "video7", "split": "test"}],
                 "sentences": [{"video_id": "video0", "caption": "a car is shown", "sen_id": 0},
                               {"video_id": "video0", "caption": "a red car", "sen_id": 1},
                               {"video_id": "video7", "caption": "a man sings", "sen_id": 2}]}
                """);
        file(
                "MSRVTT_JSFUSION_test.csv",
                "key,vid_key,video_id,sentence\n"
                        + "ret0,msr7,video7,\"a man, who sings\"\n"
                        + "ret1,msr8,video8,a dog runs\n");
        file("MSRVTT_train.9k.csv", "video_id\nvideo0\n");
        media("video0.mp4", "video7.mp4");

        LabelledSet test = read("test");
        assertEquals("msrvtt", test.name());
        assertEquals(List.of("video7"), ids(test));
        assertEquals(List.of("a man, who sings"), texts(test));
        assertEquals(List.of("video8"), test.missing());
        assertEquals("video7.mp4", test.media().get(0).file().getFileName().toString());

        LabelledSet train = read("train");
        assertEquals(List.of("a car is shown", "a red car"), texts(train));
        assertEquals(Map.of("video0", 1), train.captions().get(1).media());
        assertEquals(List.of("a car is shown"), texts(train.firstCaptions()));
    }

    /** Questions of MSRVTT-QA and ActivityNet-QA, as those sets are published. */
    public void testQuestionsBesideCaptions() throws Exception {
        file(
                "MSRVTT_data.json",
                """
                {"videos": [{"video_id": "video0", "split": "train"}],
                 "sentences": [{"video_id": "video0", "caption": "a car is shown", "sen_id": 0}]}
                """);
        file(
                "train_qa.json",
                """
                [{"answer": "car", "category_id": 9, "id": 0, "question": "what is shown?", "video_id": 0},
                 {"answer": "man", "category_id": 9, "id": 1, "question": "who sings?", "video_id": 7}]
                """);
        media("video0.mp4");
        Question asked = read("train").questions().get(0);
        assertEquals(1, read("train").questions().size());
        assertEquals("video0", asked.medium());
        assertEquals("what is shown?", asked.text());
        assertEquals(List.of("car"), asked.answers());
        folder = createTempDir();
        file(
                "train.json",
                """
                {"v_1QIUV7WYKXg": {"duration": 10, "timestamps": [[0, 5]], "sentences": ["One."]}}
                """);
        file(
                "train_q.json",
                """
                [{"question": "is the athlete running", "video_name": "1QIUV7WYKXg", "question_id": "1QIUV7WYKXg_7"},
                 {"question": "who is it", "video_name": "other", "question_id": "other_1"}]
                """);
        file(
                "train_a.json",
                """
                [{"answer": "yes", "type": 3, "question_id": "1QIUV7WYKXg_7"},
                 {"answer": "me", "type": 3, "question_id": "other_1"}]
                """);
        media("v_1QIUV7WYKXg.mp4");
        Datasets.Order order =
                new Datasets.Order(folder, "activitynet", null, "train", BadLines.Policy.FAIL);
        Question running = Datasets.read(order).questions().get(0);
        assertEquals("v_1QIUV7WYKXg", running.medium());
        assertEquals(List.of("yes"), running.answers());
        file("train_a.json", "[]");
        DatasetException e = expectThrows(DatasetException.class, () -> Datasets.read(order));
        assertThat(e.getMessage(), containsString("[1QIUV7WYKXg_7], which has no answer in"));
    }

    public void testMsvd() throws Exception {
        file(
                "AllVideoDescriptions.txt",
                "# The dataset\nmv89psg6zh4_33_46 A bird in a sink.\n"
                        + "mv89psg6zh4_33_46 A bird bathes.\nother_1_2 Not in the list.\n");
        file("test_list.txt", "mv89psg6zh4_33_46\n");
        media("mv89psg6zh4_33_46.avi");
        LabelledSet set = read("test");
        assertEquals("msvd", set.name());
        assertEquals(List.of("A bird in a sink.", "A bird bathes."), texts(set));
    }

    public void testMsvdQuestions() throws Exception {
        file("youtube_mapping.txt", "mv89psg6zh4_33_46 vid1301\nother_1_2 vid1302\n");
        file(
                "test_qa.json",
                """
                [{"answer": "bird", "id": 37334, "question": "what bathes?", "video_id": 1301},
                 {"answer": "man", "id": 37335, "question": "who runs?", "video_id": 1302}]
                """);
        media("mv89psg6zh4_33_46.avi", "other_1_2.avi");
        LabelledSet alone = read("test");
        assertEquals("msvd", alone.name());
        assertEquals("MSVD-QA split [test]: questions alone", alone.protocol());
        assertEquals(List.of("mv89psg6zh4_33_46", "other_1_2"), ids(alone));
        assertEquals("who runs?", alone.questions().get(1).text());
        assertEquals("other_1_2", alone.questions().get(1).medium());
        assertEquals(List.of("man"), alone.questions().get(1).answers());
        file("AllVideoDescriptions.txt", "mv89psg6zh4_33_46 A bird bathes.\n");
        file("test_list.txt", "mv89psg6zh4_33_46\n");
        LabelledSet both = read("test");
        assertEquals(List.of("A bird bathes."), texts(both));
        assertEquals("of the split's videos", 1, both.questions().size());
        file("test_qa.json", "[{\"answer\": \"a\", \"question\": \"q\", \"video_id\": 7}]");
        DatasetException e = expectThrows(DatasetException.class, () -> read("test"));
        assertThat(e.getMessage(), containsString("field [video_id] is [7], which ["));
    }

    public void testVatex() throws Exception {
        file(
                "vatex_validation_v1.0.json",
                """
                [{"videoID": "G9zN5TTuGO4_000179_000189", "enCap": ["one", "two"], "chCap": ["x"]},
                 {"videoID": "not_in_the_list", "enCap": ["three"]}]
                """);
        file("test_list.txt", "G9zN5TTuGO4_000179_000189\n");
        media("G9zN5TTuGO4_000179_000189.mp4", "not_in_the_list.mp4");
        LabelledSet set = read("test");
        assertEquals("vatex", set.name());
        assertEquals(List.of("one", "two"), texts(set));
    }

    public void testDidemo() throws Exception {
        file(
                "test_data.json",
                """
                [{"annotation_id": 1, "video": "12@N0_1.mov", "description": "first sentence",
                  "times": [[0, 0], [1, 2], [1, 2]], "num_segments": 6},
                 {"annotation_id": 2, "video": "12@N0_1.mov", "description": "second sentence",
                  "times": [[3, 3]], "num_segments": 6}]
                """);
        media("12@N0_1.mov");
        LabelledSet set = read("test");
        assertEquals("didemo", set.name());
        assertEquals(List.of("first sentence second sentence"), texts(set));
        assertEquals(List.of(new Span(5, 15)), set.moments().get(0).spans());
        assertEquals(List.of(new Span(15, 20)), set.moments().get(1).spans());
    }

    public void testActivityNetCaptions() throws Exception {
        file(
                "val_1.json",
                """
                {"v_uqiMw7tQ1Cc": {"duration": 55.15, "timestamps": [[0.28, 55.15], [54.9, 13.79]],
                 "sentences": ["A weight lifting tutorial.", " The coach helps. "]}}
                """);
        media("v_uqiMw7tQ1Cc.mp4");
        LabelledSet set = read("validation");
        assertEquals("activitynet", set.name());
        assertEquals(List.of("A weight lifting tutorial. The coach helps."), texts(set));
        assertEquals(List.of(new Span(13.79, 54.9)), set.moments().get(1).spans());
        assertEquals(55.15, set.moments().get(0).seconds(), 0);
    }

    public void testCharadesSta() throws Exception {
        file(
                "charades_sta_test.txt",
                "3MSZA 24.3 30.4##person turn a light on.\n3MSZA 0.0 8.5##person sits.\n");
        file("Charades_v1_test.csv", "id,subject,length\n3MSZA,X,30.96\n");
        media("3MSZA.mp4");
        LabelledSet set = read("test");
        assertEquals("charades_sta", set.name());
        assertEquals("person turn a light on.", set.moments().get(0).text());
        assertEquals(new Span(24.3, 30.4), set.moments().get(0).spans().get(0));
        assertEquals(30.96, set.moments().get(1).seconds(), 0);
    }

    public void testQvHighlights() throws Exception {
        file(
                "highlight_val_release.jsonl",
                "{\"qid\": 2579, \"query\": \"A girl and her mother cooked\", \"duration\": 150,"
                        + " \"vid\": \"NUsG9BgSes0_210.0_360.0\", \"relevant_windows\": [[82, 150],"
                        + " [10, 12]], \"relevant_clip_ids\": [41], \"saliency_scores\": [[1, 2, 3]]}\n");
        media("NUsG9BgSes0_210.0_360.0.mp4");
        LabelledSet set = read("test");
        assertEquals("qvhighlights", set.name());
        assertEquals(List.of(new Span(82, 150), new Span(10, 12)), set.moments().get(0).spans());
    }

    public void testVideoUfoGivesTextsAlone() throws Exception {
        file(
                "VideoUFO.csv",
                "ID,Summary,Detailed Caption\nclip1,\"a cat, asleep\",\"A grey cat lies on a"
                        + " sofa.\nIt \"\"sleeps\"\".\"\n");
        LabelledSet set = read("train");
        assertEquals("videoufo", set.name());
        assertEquals(
                new TextPair(
                        "clip1", "A grey cat lies on a sofa.\nIt \"sleeps\".", "a cat, asleep"),
                set.texts().get(0));
    }

    public void testLlavaHound() throws Exception {
        String turns =
                "\"conversations\": [{\"from\": \"human\", \"value\": \"<video>\\nwhat runs?\"},"
                        + " {\"from\": \"gpt\", \"value\": \"A dog.\"}]}\n";
        file("video_caption_pretrain.jsonl", "{\"id\": \"1\", \"video\": \"k700/a\", " + turns);
        file("video_240k_qa.jsonl", "{\"id\": \"2\", \"video\": \"k700/a\", " + turns);
        media("k700/a.mp4");
        LabelledSet set = read("train");
        assertEquals("llava_hound", set.name());
        assertEquals(List.of("A dog."), texts(set));
        assertEquals("what runs?", set.questions().get(0).text());
        assertEquals(List.of("A dog."), set.questions().get(0).answers());
    }

    /** As it is released: a folder of pictures for each video. */
    public void testVideosAsFoldersOfPictures() throws Exception {
        String turns =
                "\"conversations\": [{\"from\": \"human\", \"value\": \"<video>\\nwhat runs?\"},"
                        + " {\"from\": \"gpt\", \"value\": \"A dog.\"}]}\n";
        file(
                "qa.jsonl",
                "{\"id\": \"1\", \"video\": \"v_a-Scene-001\", "
                        + turns
                        + "{\"id\": \"2\", \"video\": \"chunk/v_b\", "
                        + turns
                        + "{\"id\": \"3\", \"video\": \"posters\", "
                        + turns);
        media("v_a-Scene-001/c01_0001.jpeg", "v_a-Scene-001/c01_0002.jpeg");
        file("chunk/v_b/9.png", "");
        file("posters/cover.png", "");
        LabelledSet set = read("train");
        assertEquals(List.of("v_a-Scene-001", "chunk/v_b"), ids(set));
        assertEquals(folder.resolve("videos/v_a-Scene-001"), set.media().get(0).file());
        assertEquals(folder.resolve("chunk/v_b"), set.media().get(1).file());
        assertEquals("its picture has no number", List.of("posters"), set.missing());
    }

    public void testComposedPairs() throws Exception {
        file(
                "own.jsonl",
                """
                {"source": "a", "change": "the same at night", "target": "b.mp4"}
                {"video": "a.mp4", "id": "a", "caption": "a street"}
                {"source": "b.mp4", "change": "by day", "target": "gone.mp4"}
                """);
        media("a.mp4", "b.mp4");
        LabelledSet set = read("test");
        assertEquals(List.of(new ComposedPair("a", "the same at night", "b.mp4")), set.composed());
        assertEquals(List.of("a", "b.mp4"), ids(set));
        assertEquals(List.of("gone.mp4"), set.missing());
        assertEquals(List.of(), set.limit(1).composed());
        file("own.jsonl", "{\"source\": \"a.mp4\", \"change\": \"x\", \"target\": \"a.mp4\"}\n");
        DatasetException same = expectThrows(DatasetException.class, () -> read("test"));
        assertThat(same.getMessage(), containsString("must be another than [source]"));
        file("own.jsonl", "{\"source\": \"a.mp4\", \"target\": \"b.mp4\"}\n");
        DatasetException none = expectThrows(DatasetException.class, () -> read("test"));
        assertThat(none.getMessage(), containsString("field [change] is missing"));
        folder = createTempDir();
        file(
                "manifest.json",
                """
                {"set": "m", "videos": [{"file": "a.mp4"}, {"file": "b.mp4"}],
                 "composed": [{"source": "b.mp4", "change": "faster", "target": "a.mp4"}]}
                """);
        media("a.mp4", "b.mp4");
        assertEquals(
                List.of(new ComposedPair("b.mp4", "faster", "a.mp4")), read("test").composed());
    }

    private LabelledSet captioned(String field) throws DatasetException {
        return Datasets.read(
                new Datasets.Order(folder, null, null, "test", BadLines.Policy.FAIL, field));
    }

    public void testAnotherFieldHoldsTheCaptions() throws Exception {
        file(
                "own.jsonl",
                """
                {"video": "a.mp4", "caption": "short", "dense": "a long text of a"}
                {"video": "b.mp4", "caption": "brief", "dense": ["two of b", "and this"]}
                {"video": "c.mp4", "caption": "none but this"}
                """);
        media("a.mp4", "b.mp4", "c.mp4");
        assertEquals(List.of("short", "brief", "none but this"), texts(captioned(null)));
        LabelledSet dense = captioned("dense");
        assertEquals(List.of("a long text of a", "two of b", "and this"), texts(dense));
        assertThat(dense.protocol(), containsString("captions are field [dense]"));
        DatasetException none = expectThrows(DatasetException.class, () -> captioned("deep"));
        assertThat(none.getMessage(), containsString("has the field [deep]; name another"));
        folder = createTempDir();
        file(
                "manifest.json",
                """
                {"set": "m", "videos": [
                  {"file": "a.mp4", "captions": ["x", "y"], "dense_caption": "long", "summary": "s"}]}
                """);
        media("a.mp4");
        assertEquals(List.of("long"), texts(captioned("dense_caption")));
        assertEquals(List.of("x", "y"), texts(captioned(null)));
        folder = createTempDir();
        file("AllVideoDescriptions.txt", "a A bird.\n");
        file("test_list.txt", "a\n");
        media("a.avi");
        DatasetException msvd = expectThrows(DatasetException.class, () -> captioned("dense"));
        assertThat(
                msvd.getMessage(),
                containsString(
                        "layout [msvd] has one place for captions; it is for [manifest, jsonl]"));
    }

    public void testVidore() throws Exception {
        file("queries.jsonl", "{\"query-id\": \"1\", \"query\": \"what grew?\"}\n");
        file(
                "corpus.jsonl",
                "{\"corpus-id\": \"7\", \"image\": \"p7.png\"}\n"
                        + "{\"corpus-id\": \"8\", \"image\": \"p8.png\"}\n");
        file("qrels.csv", "query-id,corpus-id,score\n1,7,2\n1,8,0\n");
        media("p7.png", "p8.png");
        LabelledSet set = read("test");
        assertEquals("vidore", set.name());
        assertEquals(2, set.media().size());
        assertEquals(Medium.Kind.PAGE, set.media().get(0).kind());
        assertEquals(Map.of("7", 2), set.captions().get(0).media());
    }

    public void testJsonLines() throws Exception {
        file(
                "own.jsonl",
                """
                {"video": "a.mp4", "captions": ["one", "two"], "duration": 9, "moments": [{"start": 1, "end": 2.5, "caption": "m"}], "questions": [{"question": "q?", "answer": "yes", "options": ["yes", "no"]}], "matches": [{"text": "t", "matches": false}]}
                {"video": "a.mp4", "id": "a part", "start": 2, "end": 4, "caption": "three"}
                {"image": "b.png", "caption": "four"}
                {"detailed": "long text", "brief": "short"}
                """);
        media("a.mp4", "b.png");
        LabelledSet set = read("test");
        assertEquals(List.of("a.mp4", "a part", "b.png"), ids(set));
        assertEquals(List.of("one", "two", "three", "four"), texts(set));
        assertEquals(new Span(2, 4), set.media().get(1).part());
        assertEquals(Medium.Kind.IMAGE, set.media().get(2).kind());
        assertEquals(List.of("yes", "no"), set.questions().get(0).options());
        assertEquals(new Claim("a.mp4", "t", false, ""), set.claims().get(0));
        assertEquals(new TextPair("short", "long text", "short"), set.texts().get(0));
        LabelledSet first = set.limit(1);
        assertEquals(List.of("one", "two"), texts(first));
        assertEquals(1, first.moments().size());
    }
}
