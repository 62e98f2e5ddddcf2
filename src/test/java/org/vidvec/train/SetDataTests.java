package org.vidvec.train;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.vidvec.model.Content;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.samples.SetPairs;
import org.vidvec.samples.SetSource;

/** Training on sets in the layouts in which they are published. */
public class SetDataTests extends SetRunTestCase {

    private void msrvtt() throws Exception {
        file(
                "msrvtt/MSRVTT_data.json",
                """
                {"videos": [{"video_id": "video0", "split": "train"},
                            {"video_id": "video1", "split": "train"},
                            {"video_id": "video7", "split": "test"}],
                 "sentences": [{"video_id": "video0", "caption": "a woman eats", "sen_id": 0},
                               {"video_id": "video0", "caption": "a hand at a mouth", "sen_id": 1},
                               {"video_id": "video1", "caption": "a sign for food", "sen_id": 2},
                               {"video_id": "video7", "caption": "a test", "sen_id": 3}]}
                """);
        clips("msrvtt", "video0");
    }

    public void testCaptionsTextsQuestionsAndPagesOfAllLayouts() throws Exception {
        msrvtt();
        clips("msrvtt", "video1");
        file(
                "msvd/AllVideoDescriptions.txt",
                "mv89psg6zh4_33_46 A bird in a sink.\nmv89psg6zh4_33_46 A bird bathes.\n");
        file("msvd/train_list.txt", "mv89psg6zh4_33_46\n");
        clips("msvd", "mv89psg6zh4_33_46");
        file(
                "vatex/vatex_training_v1.0.json",
                "[{\"videoID\": \"G9z_000179_000189\", \"enCap\": [\"one\", \"two\"]}]");
        clips("vatex", "G9z_000179_000189");
        file(
                "didemo/train_data.json",
                """
                [{"annotation_id": 1, "video": "12@N0_1.mov", "description": "first",
                  "times": [[0, 0]], "num_segments": 6},
                 {"annotation_id": 2, "video": "13@N0_1.mov", "description": "second",
                  "times": [[3, 3]], "num_segments": 6}]
                """);
        clips("didemo", "12@N0_1.mov", "13@N0_1.mov");
        file(
                "videoufo/VideoUFO.csv",
                "ID,Summary,Detailed Caption\nc1,a cat,A grey cat lies.\nc2,a dog,A dog runs.\n");
        String turns =
                "\"conversations\": [{\"from\": \"human\", \"value\": \"<video>\\nwhat runs?\"},"
                        + " {\"from\": \"gpt\", \"value\": \"A dog.\"}]}\n";
        String asked = "{\"id\": \"2\", \"video\": \"k700/a\", " + turns;
        file("hound/video_240k_qa.jsonl", asked + asked);
        clips("hound/k700", "a");
        file(
                "vidore/queries.jsonl",
                "{\"query-id\": \"1\", \"query\": \"what grew?\"}\n"
                        + "{\"query-id\": \"2\", \"query\": \"what fell?\"}\n");
        file(
                "vidore/corpus.jsonl",
                "{\"corpus-id\": \"7\", \"image\": \"p7.png\"}\n"
                        + "{\"corpus-id\": \"8\", \"image\": \"p8.png\"}\n");
        file("vidore/qrels.csv", "query-id,corpus-id,score\n1,7,1\n1,8,2\n2,7,1\n");
        for (String page : List.of("p7.png", "p8.png")) {
            Files.write(
                    sets.resolve("vidore").resolve(page),
                    getClass()
                            .getResourceAsStream("/media/image/gray-alpha-16bit.png")
                            .readAllBytes());
        }
        run(
                file(List.of(
                                source("msrvtt", "query", "shown"),
                                source("msvd", "split", "train"),
                                source("vatex"),
                                source("didemo", "layout", "didemo"),
                                source("videoufo", "take", "texts"),
                                source("hound", "take", "questions"),
                                source("vidore", "shown", "image")))
                        .with("batch", Map.of("size", 2)));
        assertThat(
                told,
                hasItems(
                        "3 pairs of captions",
                        "2 pairs of captions",
                        "2 pairs of texts",
                        "2 pairs of questions"));
        assertEquals(8, reports.size());
        assertThat(
                reports.stream().map(r -> Double.isFinite(r.loss())).toList(), everyItem(is(true)));
    }

    /** Two captions of a video are not each other's negatives. */
    public void testOneCaptionOfAMediumAtATime() throws Exception {
        msrvtt();
        clips("msrvtt", "video1");
        Map<String, Object> set = source("msrvtt", "take", "media");
        TaskSpec.Pairs spec = (TaskSpec.Pairs) file(set).spec().tasks().get(0);
        SetPairs pairs =
                new SetPairs(
                        (SetSource) spec.data().get(0),
                        (text, query) -> "",
                        NativeLibraries.fromSystemProperty());
        assertEquals("media, not captions", 2, pairs.size());
        Map<Integer, Set<String>> captions = new HashMap<>();
        for (int draw = 0; draw < 40; draw++) {
            for (int place = 0; place < 2; place++) {
                Content text = pairs.at(place, draw).query().parts().get(0);
                captions.computeIfAbsent(place, p -> new TreeSet<>())
                        .add(((Content.Text) text).value());
            }
        }
        assertEquals(
                Map.of(
                        0, Set.of("a woman eats", "a hand at a mouth"),
                        1, Set.of("a sign for food")),
                captions);
        run(file(set).with("batch", Map.of("size", 2)).with("steps", 2));
        assertThat(told, hasItems("3 pairs of media", "2 media, one of their captions at a time"));
    }

    public void testMediaThatAreNotThere() throws Exception {
        msrvtt();
        TrainingException e =
                expectThrows(TrainingException.class, () -> run(file(source("msrvtt"))));
        assertThat(e.getMessage(), containsString("[1] media of set ["));
        assertThat(e.getMessage(), containsString("beginning with [video1]; name the folder"));
        assertThat(e.getMessage(), containsString("[data.missing] [skip]"));
        RunFile some =
                file(source("msrvtt", "missing", "skip"))
                        .with("batch", Map.of("size", 2))
                        .with("steps", 1);
        run(some);
        assertThat(
                told,
                hasItems("1 media are not there and left out: video1", "2 pairs of captions"));
    }

    public void testBadEntriesAndTextsThatAreTooLong() throws Exception {
        file(
                "own/own.jsonl",
                "{\"video\": \"a.mkv\", \"captions\": [\"a woman eats\", \"food\"]}\n"
                        + "{\"video\": \"a.mkv\", \"start\": 2, \"end\": 1, \"caption\": \"c\"}\n"
                        + "{\"video\": \"a.mkv\", \"caption\": \""
                        + "word ".repeat(40_000)
                        + "\"}\n");
        clips("own", "a");
        TrainingException e = expectThrows(TrainingException.class, () -> run(file(source("own"))));
        assertThat(e.getMessage(), containsString("line [2] of ["));
        assertThat(
                e.getMessage(), containsString("a span from [2.0] to [1.0] seconds has no length"));
        RunFile skipped =
                file(source("own", "bad_lines", "skip"))
                        .with("batch", Map.of("size", 2))
                        .with("steps", 1);
        run(skipped);
        assertThat(told, hasItem(containsString("left out: line [2] of [")));
        assertThat(told, hasItem(containsString("tokens, over the model's limit of [")));
        assertThat(told, hasItem("2 pairs of captions"));
        // cut, it can be used
        told.clear();
        run(skipped.with("output", "cut").with("batch", Map.of("size", 2, "max_tokens", 100)));
        assertThat(told, hasItem("3 pairs of captions"));
    }

    /** Lines with a question behind a video: what is asked changes what is learnt. */
    public void testATextBesideAFile() throws Exception {
        clips("rows", "a", "b");
        String line =
                "{\"clip\": \"%s.mkv\", \"asked\": \"what does %s show?\", \"told\": \"%s\"}\n";
        file(
                "rows/rows.jsonl",
                String.format(Locale.ROOT, line, "a", "it", "food")
                        + String.format(Locale.ROOT, line, "b", "this", "a sign"));
        Map<String, Object> rows = new HashMap<>();
        rows.put("pairs", sets.resolve("rows/rows.jsonl").toString());
        rows.putAll(Map.of("query", "clip", "query_type", "video", "target", "told", "frames", 2));
        rows.put("query_instruction", "Answer:");
        RunFile file = file(rows).with("batch", Map.of("size", 2)).with("steps", 1);
        run(file);
        // the two clips are the same file: nobody can do better than guess
        assertTrue("" + reports.get(0).loss(), reports.get(0).loss() > Math.log(2) - 1e-4);
        rows.put("query_text", "asked");
        run(file.with("output", "asked").with("data", rows));
        assertNotEquals(reports.get(0).loss(), reports.get(1).loss(), 1e-4);
        Path card = file.spec().output().resolve("adapter/vidvec.json");
        assertThat(Files.readString(card), containsString("\"text_video\": \"Answer:\""));
    }

    public void testWhatASetDoesNotHave() throws Exception {
        file("texts/VideoUFO.csv", "ID,Summary,Detailed Caption\nc1,a cat,A grey cat lies.\n");
        TrainingException e =
                expectThrows(TrainingException.class, () -> run(file(source("texts"))));
        assertThat(e.getMessage(), containsString("has no [captions] of [video]; it has [0]"));
    }

    /** ViLL-E's captions on a set, asked for in words that the learnt card keeps. */
    public void testCaptionsOfASet() throws Exception {
        msrvtt();
        clips("msrvtt", "video1");
        RunFile file =
                file(source("msrvtt", "target_instruction", "Describe the video."))
                        .with("loss", Map.of("name", "vill_e", "tau", 0.1))
                        .with("batch", Map.of("size", 2))
                        .with("steps", 2);
        run(file);
        assertTrue(reports.get(1).parts().containsKey("caption"));
        Path card = file.spec().output().resolve("adapter/vidvec.json");
        assertThat(Files.readString(card), containsString("\"video\": \"Describe the video.\""));
    }

    public void testMomentsOfSets() throws Exception {
        file(
                "charades/charades_sta_train.txt",
                "3MSZA 0.1 0.6##person eats.\n3MSZA 0.0 0.5##person sits.\n"
                        + "3MSZA 0.0 2.2##all of it.\n");
        clips("charades", "3MSZA");
        file(
                "qv/highlight_train_release.jsonl",
                "{\"qid\": 1, \"query\": \"A hand\", \"duration\": 2, \"vid\": \"v1\","
                        + " \"relevant_windows\": [[0, 0.5], [1.5, 2]]}\n");
        clips("qv", "v1");
        file(
                "anet/train.json",
                "{\"v_1\": {\"duration\": 2.2, \"timestamps\": [[0, 0.4], [1.0, 1.4]],"
                        + " \"sentences\": [\"One.\", \"Two.\"]}}");
        clips("anet", "v_1");
        for (Map<String, Object> set :
                List.of(
                        source("charades", "window", 0.5, "stride", 0.25),
                        source("qv", "window", 0.4, "stride", 0.2),
                        source("anet", "layout", "activitynet", "window", 0.5, "stride", 0.25))) {
            reports.clear();
            run(
                    file(Map.of("moments", set))
                            .with("loss", Map.of("name", "localization", "tau", 0.1))
                            .with("batch", Map.of("size", 2))
                            .with("steps", 2));
            assertEquals(2, reports.size());
        }
        // the whole video leaves no window that is wrong
        assertThat(told, hasItem("2 moments, 1 left out for want of wrong windows"));
        TrainingException e =
                expectThrows(
                        TrainingException.class,
                        () ->
                                run(
                                        file(Map.of("moments", source("charades")))
                                                .with("loss", Map.of("name", "localization"))));
        assertThat(e.getMessage(), containsString("wrong windows of [10.0] seconds"));
    }
}
