package org.vidvec.train;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.samples.FlaggedOrigin;
import org.vidvec.samples.FlaggedSample;
import org.vidvec.samples.LabelledFlagged;

/** Several tasks in one batch, learnt from files: ViLL-E's table 2. */
public class MixedSetTests extends SetRunTestCase {

    private static final List<String> ALL = List.of("caption", "qa", "match", "localization");

    /** Three clips: all is known of the first, captions alone of the second. */
    private void own() throws Exception {
        file(
                "own/own.jsonl",
                """
                {"video": "a.mkv", "duration": 2.2, "captions": ["a woman eats", "somebody eats"], \
                "questions": [{"question": "who eats?", "answer": ["a woman", "she"]}], \
                "matches": [{"text": "she eats", "matches": true}, \
                {"text": "she drinks", "matches": false}], \
                "moments": [{"start": 0, "end": 0.5, "caption": "a hand rises"}]}
                {"video": "b.mkv", "captions": ["a sign for food", "a woman eats"]}
                {"video": "c.mkv", "caption": "a hand at a mouth", \
                "questions": [{"question": "what is at a mouth?", "answer": "a hand"}]}
                """);
        clips("own", "a", "b", "c");
    }

    private Map<String, Object> source(String set, List<String> flags) {
        Map<String, Object> source = source(set, "flags", flags);
        source.remove("frames");
        return source;
    }

    private static Map<String, Object> windowed(Map<String, Object> source) {
        source.put("window", 0.5);
        source.put("stride", 0.25);
        return source;
    }

    private RunFile mixed(int size, Object... sources) throws Exception {
        Map<String, Object> mixed = Map.of("frames", 2, "size", 56, "sources", List.of(sources));
        return file(Map.of("mixed", mixed))
                .with("loss", Map.of("name", "multi_task", "tau", 0.1))
                .with("batch", Map.of("size", size))
                .with("checkpoint_every", 1)
                .with("steps", 3);
    }

    public void testASetWithAllFlags() throws Exception {
        own();
        run(mixed(3, windowed(source("own", ALL))));
        assertThat(
                told,
                hasItems(
                        "3 of 3 media teach [caption]",
                        "2 of 3 media teach [qa]",
                        "3 of 3 media teach [match]",
                        "1 of 3 media teach [localization]",
                        "1 moments, 0 left out for want of wrong windows"));
        // a batch has all three of them
        Set<String> parts = new TreeSet<>(ALL);
        parts.add("contrastive");
        for (StepReport report : reports) {
            assertEquals(parts, report.parts().keySet());
            double sum = report.parts().values().stream().mapToDouble(d -> d).sum();
            assertEquals("gradients of all, added up", sum, report.loss(), 1e-4);
        }
    }

    /** A matching task of one's own: nothing else is learnt. */
    public void testMatchesAlone() throws Exception {
        own();
        run(mixed(3, source("own", List.of("match"))));
        assertEquals(Set.of("match"), reports.get(0).parts().keySet());
        // a guess between two answers
        assertEquals(Math.log(2), reports.get(0).loss(), 0.7);
    }

    public void testFilesBesideTheWorldByWeight() throws Exception {
        own();
        Map<String, Object> set = source("own", List.of("caption"));
        set.put("weight", 1);
        Map<String, Object> world =
                Map.of("generated", "clip", "weight", 3, "flags", List.of("caption", "match"));
        run(mixed(4, set, world).with("steps", 8));
        assertThat(told, hasItem("generated clip [caption, match], weight 3.0"));
        int files = 0;
        for (StepReport report : reports) {
            files += report.parts().containsKey("match") ? 0 : 1;
            assertEquals(4, report.samples());
        }
        // four of them without a clip: hardly ever
        assertTrue("[" + files + "]", files < 2);
    }

    public void testAFlagForWhichThereIsNothing() throws Exception {
        own();
        RunFile file = mixed(3, source("own", List.of("caption", "localization")));
        TrainingException e = expectThrows(TrainingException.class, () -> run(file));
        assertThat(e.getMessage(), containsString("has nothing for the flag [localization]; of"));
        assertThat(e.getMessage(), containsString("[5] captions, [2] questions, [2] matches and"));
        Map<String, Object> still = source("own", List.of("localization"));
        still.put("shown", "image");
        TrainingException shown = expectThrows(TrainingException.class, () -> run(mixed(3, still)));
        assertThat(shown.getMessage(), containsString("[localization] is for videos, not for"));
        Map<String, Object> odd = source("own", List.of("caption", "retrieval"));
        TrainingException unknown = expectThrows(TrainingException.class, () -> run(mixed(3, odd)));
        assertThat(unknown.getMessage(), containsString("unknown flag [retrieval]; known are"));
        Map<String, Object> wide = windowed(source("own", List.of("caption")));
        TrainingException field = expectThrows(TrainingException.class, () -> run(mixed(3, wide)));
        assertThat(
                field.getMessage(), containsString("unknown field [data.mixed.sources[0].window"));
    }

    /** A bad one among them is named, and the same samples come again after a kill. */
    public void testABadOneAmongThem() throws Exception {
        own();
        broken("own", "c");
        Map<String, Object> set = source("own", List.of("caption", "qa"));
        TrainingException e =
                expectThrows(TrainingException.class, () -> run(mixed(2, set).with("steps", 9)));
        assertThat(e.getMessage(), containsString("sample [2] of ["));
        set.put("bad_media", "skip");
        watched.dieAfter = 2;
        RunFile killed = mixed(2, set);
        expectThrows(WatchedRun.Killed.class, () -> run(killed));
        watched.dieAfter = Integer.MAX_VALUE;
        double second = reports.get(reports.size() - 1).loss();
        reports.clear();
        run(killed);
        assertEquals(1, reports.size());
        double last = reports.get(0).loss();
        // read ahead or not
        for (int ahead : new int[] {0, 7}) {
            reports.clear();
            run(mixed(2, set).with("batch", Map.of("size", 2, "read_ahead", ahead)));
            assertEquals(second, reports.get(1).loss(), 0);
            assertEquals(last, reports.get(2).loss(), 0);
        }
    }

    /** Each fits alone: that they do not together is said where they are drawn, by name. */
    public void testAMediumThatDoesNotFitTogetherWithItsText() throws Exception {
        String wordy = "what is it " + "that we see here ".repeat(20) + "?";
        file(
                "own/own.jsonl",
                ("""
                {"video": "a.mkv", "questions": [{"question": "who eats?", "answer": "a woman"}], \
                "matches": [{"text": "she eats", "matches": true}, \
                {"text": "she drinks", "matches": false}]}
                {"video": "b.mkv", "questions": [{"question": "who?", "answer": "she"}], \
                "matches": [{"text": "a sign", "matches": true}, \
                {"text": "a dog", "matches": false}]}
                {"video": "c.mkv", "questions": [{"question": "WORDY", "answer": "a hand"}], \
                "matches": [{"text": "WORDY", "matches": true}, \
                {"text": "WORDY too", "matches": false}]}
                """)
                        .replace("WORDY", wordy));
        clips("own", "a", "b", "c");
        Map<String, Integer> batch = Map.of("size", 2, "max_tokens", 90);
        for (String flag : List.of("qa", "match")) {
            Map<String, Object> set = source("own", List.of(flag));
            RunFile file = mixed(2, set).with("batch", batch).with("steps", 4);
            TrainingException e = expectThrows(TrainingException.class, () -> run(file));
            assertThat(e.getMessage(), containsString("sample [2] of [" + sets.resolve("own")));
            assertThat(e.getMessage(), containsString("[batch.max_tokens], [90]"));
            set.put("bad_media", "skip");
            reports.clear();
            run(mixed(2, set).with("batch", batch).with("steps", 4));
            long replaced =
                    reports.stream()
                            .filter(report -> report.replaced() != null)
                            .flatMap(report -> report.replaced().stream())
                            .filter(one -> one.contains("sample [2] of ["))
                            .count();
            assertTrue(flag, replaced > 0);
        }
    }

    /** ViLL-E's table 2 takes 10,000 samples of a set. */
    public void testSoManySamplesOfASet() throws Exception {
        own();
        Map<String, Object> set = source("own", List.of("caption"));
        set.put("samples", 2);
        run(mixed(2, set));
        assertThat(told, hasItem("2 of 3 samples were drawn"));
        TrainingException e = expectThrows(TrainingException.class, () -> run(mixed(3, set)));
        assertThat(e.getMessage(), containsString("[batch.size] is more than ["));
        // the same of pairs: VidVec's 60,000 of a million
        RunFile texts = new RunFile(createTempDir()).with("steps", 3);
        texts.json().getAsJsonObject("data").addProperty("samples", 8);
        reports.clear();
        run(texts);
        assertThat(told, hasItem("8 of 12 samples were drawn"));
        double once = reports.get(2).loss();
        run(texts.with("output", "again"));
        assertEquals("the same ones", once, reports.get(5).loss(), 0);
        run(texts.with("output", "other").with("seed", 8));
        assertNotEquals(once, reports.get(8).loss(), 1e-6);
    }

    /** From nothing, and from files alone: a model that writes and judges. */
    public void testANewModelOfOnesOwnFiles() throws Exception {
        own();
        file("own/texts.txt", "a woman eats\na sign for food\na hand at a mouth\n");
        Map<String, Object> sizes =
                Map.of(
                        "texts", sets.resolve("own/texts.txt").toString(),
                        "hidden_size", 64,
                        "num_hidden_layers", 1,
                        "num_attention_heads", 2,
                        "num_key_value_heads", 1,
                        "intermediate_size", 96,
                        "vocab_size", 600,
                        "vision", Map.of("depth", 1, "embed_dim", 32, "num_heads", 2));
        RunFile file =
                mixed(3, source("own", List.of("caption", "qa", "match")))
                        .with("model", Map.of("new", sizes))
                        .with("loss", Map.of("name", "multi_task", "contrastive", 0))
                        .with("steps", 4);
        file.json().remove("lora");
        Path model = run(file);
        assertEquals(Set.of("caption", "qa", "match"), reports.get(0).parts().keySet());
        double first = reports.get(0).parts().get("caption");
        assertTrue("it learns to write", reports.get(3).parts().get("caption") < 0.8 * first);
        assertTrue(Files.exists(model.resolve("tokenizer.json")));
    }

    /** What is claimed of each medium, in many draws. */
    public void testTrueAndFalseTexts() throws Exception {
        own();
        Map<String, Object> set = source("own", List.of("qa", "match"));
        TaskSpec.Flagged spec = (TaskSpec.Flagged) mixed(3, set).spec().tasks().get(0);
        FlaggedOrigin.Labelled origin = (FlaggedOrigin.Labelled) spec.sources().get(0);
        LabelledFlagged supply =
                new LabelledFlagged(
                        origin, (text, query) -> "", NativeLibraries.fromSystemProperty());
        assertEquals(
                Map.of(true, Set.of("she eats"), false, Set.of("she drinks")), texts(supply, 0));
        // "a woman eats" is said of the second clip as well
        assertEquals(
                Map.of(
                        true,
                        Set.of("a sign for food", "a woman eats"),
                        false,
                        Set.of("somebody eats", "a hand at a mouth")),
                texts(supply, 1));
        FlaggedSample.Asked asked = supply.at(0, 5).asked();
        assertEquals("who eats?", asked.question());
        assertEquals("a woman", asked.answer());
        assertNull(supply.at(1, 5).asked());
        assertNull(supply.at(0, 5).caption());
    }

    private static Map<Boolean, Set<String>> texts(LabelledFlagged supply, int place)
            throws ModelException {
        Map<Boolean, Set<String>> texts = new HashMap<>();
        int matches = 0;
        for (int draw = 0; draw < 60; draw++) {
            FlaggedSample.Claimed claimed = supply.at(place, draw).claimed();
            texts.computeIfAbsent(claimed.matches(), m -> new HashSet<>()).add(claimed.text());
            matches += claimed.matches() ? 1 : 0;
        }
        assertEquals("true and false alike", 30, matches, 12);
        return texts;
    }
}
