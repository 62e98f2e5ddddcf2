package org.vidvec.train;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.lessThan;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs on the generated world: moments, mixed batches, wrong texts and changed clips. */
public class GeneratedRunTests extends SetRunTestCase {

    private static final Map<String, Object> CLIPS =
            Map.of("generated", "clip", "frames", 2, "size", 56);

    private StepReport first(RunFile file) throws Exception {
        reports.clear();
        told.clear();
        run(file);
        return reports.get(0);
    }

    public void testMomentsAreFound() throws Exception {
        Map<String, Object> moments = Map.of("moments", Map.of("frames", 2, "size", 56));
        RunFile file =
                new RunFile(createTempDir())
                        .with("data", moments)
                        .with("loss", Map.of("name", "localization", "tau", 0.1));
        StepReport whole = first(file);
        // a guess among three windows
        assertThat(whole.loss(), lessThan(5 * Math.log(3)));
        file.with("output", "chunked").with("batch", Map.of("size", 4, "chunk", 3));
        StepReport chunked = first(file);
        assertEquals(whole.loss(), chunked.loss(), 1e-4);
        double norm = whole.gradient_norm();
        assertEquals(norm, chunked.gradient_norm(), 1e-4 * norm);
    }

    public void testMixedBatches() throws Exception {
        Map<String, Object> clips =
                Map.of("generated", "clip", "flags", List.of("caption", "match"));
        Map<String, Object> stories =
                Map.of("generated", "story", "flags", List.of("qa", "localization"));
        Map<String, Object> mixed =
                Map.of("frames", 2, "size", 56, "sources", List.of(clips, stories));
        RunFile file =
                new RunFile(createTempDir())
                        .with("data", Map.of("mixed", mixed))
                        .with("loss", Map.of("name", "multi_task", "tau", 0.1))
                        .with("batch", Map.of("size", 8))
                        .with("steps", 2);
        StepReport first = first(file);
        Map<String, Double> parts = first.parts();
        assertThat(
                parts.keySet(), hasItems("caption", "contrastive", "qa", "match", "localization"));
        double sum = parts.values().stream().mapToDouble(d -> d).sum();
        assertEquals("gradients of all, added up", sum, first.loss(), 1e-4);
        Map<String, Object> wrong = Map.of("generated", "clip", "flags", List.of("localization"));
        file.with("data", Map.of("mixed", Map.of("sources", List.of(wrong))));
        TrainingException e = expectThrows(TrainingException.class, file::spec);
        assertThat(e.getMessage(), containsString("the flag [localization] is for"));
    }

    /** Captions and windows are learnt behind the words that the card has afterwards. */
    public void testMixedBatchesAskAndRememberIt() throws Exception {
        Map<String, Object> stories =
                Map.of("generated", "story", "flags", List.of("caption", "localization"));
        Map<String, Object> mixed = new TreeMap<>(Map.of("frames", 2, "size", 56));
        mixed.put("sources", List.of(stories));
        RunFile file =
                new RunFile(createTempDir())
                        .with("data", Map.of("mixed", mixed))
                        .with("loss", Map.of("name", "multi_task", "tau", 0.1))
                        .with("steps", 1);
        Map<String, Double> plain = first(file).parts();
        assertTrue(Files.notExists(file.spec().output().resolve("adapter/vidvec.json")));
        mixed.put("query_instruction", "Find it:");
        mixed.put("target_instruction", "Describe this video.");
        file.with("data", Map.of("mixed", mixed)).with("output", "asked");
        Map<String, Double> asked = first(file).parts();
        for (String part : List.of("caption", "contrastive", "localization")) {
            assertNotEquals(part, plain.get(part), asked.get(part), 1e-6);
        }
        String card = Files.readString(file.spec().output().resolve("adapter/vidvec.json"));
        JsonObject json = JsonParser.parseString(card).getAsJsonObject();
        assertEquals("{\"video\":\"Describe this video.\"}", json.get("document").toString());
        assertEquals(
                "{\"text\":\"Find it:\",\"text_video\":\"Find it:\"}",
                json.get("query").toString());
    }

    /** Two texts each, of which the first has no pixels either. */
    public void testTextsOfOtherKinds() throws Exception {
        for (String take : List.of("rewordings", "entailments")) {
            Map<String, Object> data = Map.of("generated", "texts", "take", take);
            RunFile file = new RunFile(createTempDir()).with("data", data).with("steps", 1);
            assertThat(first(file).loss(), lessThan(20 * Math.log(4)));
            assertEquals(List.of("generated texts, " + take + ": 10000 pairs"), told);
        }
        Map<String, Object> clips = Map.of("generated", "clip", "take", "entailments");
        RunFile file = new RunFile(createTempDir()).with("data", clips);
        TrainingException e = expectThrows(TrainingException.class, file::spec);
        assertThat(
                e.getMessage(),
                containsString("[entailments] is for [data.generated] [texts], not for [clip]"));
        assertThat(e.getMessage(), containsString("which has [captions, changes]"));
        Map<String, Object> wrong =
                Map.of("generated", "texts", "take", "rewordings", "negatives", 1);
        file.with("data", wrong);
        e = expectThrows(TrainingException.class, file::spec);
        assertThat(e.getMessage(), containsString("[data.take] [entailments]"));
    }

    /** The same batches with negatives beside: there is more to be mistaken for. */
    public void testHardNegatives() throws Exception {
        double[] losses = new double[2];
        for (int negatives = 0; negatives < 2; negatives++) {
            Map<String, Object> data =
                    Map.of(
                            "generated",
                            "clip",
                            "frames",
                            2,
                            "size",
                            56,
                            "query",
                            "shown",
                            "negatives",
                            3 * negatives);
            RunFile file = new RunFile(createTempDir()).with("data", data).with("steps", 1);
            losses[negatives] = first(file).loss();
        }
        assertThat(losses[0] + 0.01, lessThan(losses[1]));
    }

    /** What can't be learnt with negatives is told before the first step. */
    public void testNegativesThatDoNotFit() throws Exception {
        Map<String, Object> with = new TreeMap<>(CLIPS);
        with.put("query", "shown");
        with.put("negatives", 2);
        Map<String, Object> without = new TreeMap<>(CLIPS);
        RunFile file = new RunFile(createTempDir()).with("data", List.of(with, without));
        file.with("batch", Map.of("size", 4, "sub_batch", 2));
        TrainingException e = expectThrows(TrainingException.class, () -> first(file));
        assertThat(e.getMessage(), containsString("[generated clip] has [2] negatives"));
        assertThat(e.getMessage(), containsString("[generated clip] has [0]; give all"));
        assertEquals("before the first step", List.of(), told);
        // batches of one source each have as many in all of their pairs
        first(file.with("batch", Map.of("size", 2)).with("output", "alike").with("steps", 1));
        for (String loss : List.of("dual_softmax", "vill_e")) {
            TrainingException none =
                    expectThrows(
                            TrainingException.class,
                            () -> file.with("loss", Map.of("name", loss)).spec());
            assertThat(
                    none.getMessage(),
                    containsString("[data.negatives] need the loss [info_nce], not [" + loss));
        }
    }

    /** A clip and what should differ search for the clip that is so. */
    public void testChangesAreFound() throws Exception {
        Map<String, Object> data = new TreeMap<>(CLIPS);
        data.put("take", "changes");
        data.put("query_instruction", "Find the video with this change:");
        RunFile file = new RunFile(createTempDir()).with("data", data).with("steps", 2);
        double among = first(file).loss();
        assertThat(among, lessThan(20 * Math.log(4)));
        assertEquals(List.of("generated changed clip: 10000 pairs"), told);
        Path adapter = file.spec().output().resolve("adapter");
        String card = Files.readString(adapter.resolve("vidvec.json"));
        assertThat(card, containsString("\"text_video\": \"Find the video with this change:\""));
        data.put("negatives", 2);
        file.with("data", data).with("output", "harder").with("steps", 1);
        assertThat("the same among more", first(file).loss(), greaterThan(among));
        data.put("generated", "image");
        TrainingException e =
                expectThrows(TrainingException.class, () -> file.with("data", data).spec());
        assertThat(e.getMessage(), containsString("[changes] is for [data.generated] [clip]"));
    }
}
