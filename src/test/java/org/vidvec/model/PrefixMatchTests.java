package org.vidvec.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.StoredType;
import org.vidvec.engine.WeightEntry;
import org.vidvec.natives.NativeLibraries;

/** A match behind a kept video is the match of the whole prompt, in every family. */
public class PrefixMatchTests extends ESTestCase {

    private static final String[] FIXTURES = {
        "qwen2_vl_b", "qwen2_5_vl_a", "qwen3_vl_b", "video_llama_3_b", "videollama3_qwen2_a"
    };

    private static FolderModelRepository repository(Path models, long bytes) throws Exception {
        return new FolderModelRepository(
                List.of(models), NativeLibraries.fromSystemProperty(), "cpu", 1, bytes);
    }

    private static List<Content> query(String text) {
        return List.of(new Content.Text(text));
    }

    private static List<Content> candidates() {
        return List.of(
                TestModels.video(
                        List.of(
                                EmbedderTestCase.frame(60, 80, 3),
                                EmbedderTestCase.frame(60, 80, 120))),
                new Content.Image(EmbedderTestCase.frame(90, 90, 30)));
    }

    private static void assertSame(
            String what, List<MatchScore> expected, List<MatchScore> actual) {
        for (int i = 0; i < expected.size(); i++) {
            double yes = expected.get(i).yesLogit();
            double no = expected.get(i).noLogit();
            double apart = 2e-6 * Math.max(1, Math.max(Math.abs(yes), Math.abs(no)));
            assertEquals(what + " yes", yes, actual.get(i).yesLogit(), apart);
            assertEquals(what + " no", no, actual.get(i).noLogit(), apart);
        }
    }

    public void testWithAndWithout() throws Exception {
        for (String fixture : FIXTURES) {
            Path models = createTempDir();
            TestModels.copy(models, "m", fixture, "{\"dtype\": \"float32\", \"layer\": 1}");
            FolderModelRepository keeping = repository(models, 8 << 20);
            try (LoadedModel plain = repository(models, 0).load("m");
                    LoadedModel kept = keeping.load("m")) {
                long before = keeping.prefixes().misses();
                assertEquals("the look at a new model is not kept", 0, keeping.prefixes().bytes());
                for (String text : List.of("a dog", "two cats at night", "a dog")) {
                    assertSame(
                            fixture + " " + text,
                            plain.matcher().match(query(text), candidates()),
                            kept.matcher().match(query(text), candidates()));
                }
                PrefixStats stats = keeping.prefixes();
                assertEquals(fixture, 2, stats.entries());
                assertEquals(fixture, 2, stats.misses() - before);
                assertEquals(fixture, 4, stats.hits());
                assertTrue(stats.bytes() > 0);
            }
            assertEquals(0, keeping.prefixes().bytes());
            assertEquals(0, keeping.prefixes().entries());
        }
    }

    public void testQueriesOfPicturesAreNotKept() throws Exception {
        Path models = createTempDir();
        TestModels.copy(models, "m", "qwen2_vl_b", "{\"dtype\": \"float32\"}");
        FolderModelRepository repository = repository(models, 8 << 20);
        try (LoadedModel model = repository.load("m")) {
            model.matcher().match(candidates().subList(1, 2), candidates());
            assertEquals(0, repository.prefixes().entries());
        }
    }

    /** Weights behind the last layer, where embedding at the first does not come. */
    public void testAModelThatFailsItsFirstLookLeavesNothing() throws Exception {
        Path models = createTempDir();
        Path folder =
                TestModels.copy(
                        models, "m", "qwen2_vl_b", "{\"dtype\": \"float32\", \"layer\": 1}");
        WeightEntry norm = Checkpoint.open(folder).entries().get("model.norm.weight");
        ByteBuffer file =
                ByteBuffer.wrap(Files.readAllBytes(norm.file())).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < norm.size(); i++) {
            if (norm.type() == StoredType.F32) {
                file.putFloat((int) norm.offset() + 4 * i, Float.MAX_VALUE);
            } else {
                file.putShort((int) norm.offset() + 2 * i, (short) 0x7f7f);
            }
        }
        Files.write(norm.file(), file.array());
        FolderModelRepository repository = repository(models, 8 << 20);
        expectThrows(ModelException.class, () -> repository.load("m"));
        PrefixStats stats = repository.prefixes();
        assertEquals("the picture was read", 1, stats.misses());
        assertEquals(0, stats.entries());
        assertEquals(0, stats.bytes());
    }

    /** Its prompt sees itself in both directions. */
    public void testPaliGemmaKeepsNothing() throws Exception {
        Path models = createTempDir();
        TestModels.copy(models, "m", "paligemma_a", "{\"dtype\": \"float32\"}");
        FolderModelRepository repository = repository(models, 8 << 20);
        try (LoadedModel model = repository.load("m");
                LoadedModel plain = repository(models, 0).load("m")) {
            assertSame(
                    "paligemma",
                    plain.matcher().match(query("a dog"), candidates()),
                    model.matcher().match(query("a dog"), candidates()));
            assertEquals(PrefixStats.NONE, repository.prefixes());
        }
    }
}
