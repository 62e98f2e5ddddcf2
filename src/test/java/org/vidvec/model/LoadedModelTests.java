package org.vidvec.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.Frame;
import org.vidvec.model.EmbedInput.Role;

/** Limits and life of a loaded model. */
public class LoadedModelTests extends ESTestCase {

    public void testTooManyTokensAreNamed() throws Exception {
        Path models = createTempDir();
        Path folder = TestModels.copy(models, "a", "qwen2_vl_a", null);
        TestModels.write(
                folder.resolve("config.json"),
                Files.readString(folder.resolve("config.json"))
                        .replace(
                                "\"max_position_embeddings\": 32768",
                                "\"max_position_embeddings\": 64"));
        try (LoadedModel model = TestModels.repository(models).load("a")) {
            EmbedInput input =
                    new EmbedInput(
                            List.of(new Content.Text("x ".repeat(100))), Role.DOCUMENT, null);
            for (ModelException e :
                    List.of(
                            expectThrows(
                                    ModelException.class,
                                    () -> model.embedder().embed(List.of(input))),
                            expectThrows(
                                    ModelException.class,
                                    () -> model.embedder().countTokens(input)))) {
                assertEquals(ModelException.Kind.INPUT, e.kind());
                assertTrue(
                        e.getMessage(),
                        e.getMessage()
                                .matches(
                                        "the input takes \\[\\d+\\] tokens, over the limit of"
                                                + " \\[64\\] of model \\[a\\]; shorten the text,"
                                                + " sample fewer frames, or lower \\[max_pixels\\]"
                                                + " in \\[vidvec.json\\]"));
            }
        }
    }

    public void testATextThatIsTooLongIsCutAtItsEndIfWanted() throws Exception {
        Path models = createTempDir();
        Path folder = TestModels.copy(models, "a", "qwen2_vl_a", null);
        Path config = folder.resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace(
                                "\"max_position_embeddings\": 32768",
                                "\"max_position_embeddings\": 64"));
        try (LoadedModel model = TestModels.repository(models).load("a")) {
            List<Embedding> cut =
                    model.embedder()
                            .embed(
                                    List.of(
                                            cuttable("x ".repeat(100)),
                                            cuttable("x ".repeat(100_000)),
                                            cuttable("x ", "x ".repeat(50), "y"),
                                            cuttable("a frog")));
            assertEquals(64, cut.get(0).tokens());
            assertArrayEquals(cut.get(0).vector(), cut.get(1).vector(), 1e-6f);
            assertTrue(cut.get(2).tokens() + "", cut.get(2).tokens() <= 64);
            assertArrayEquals(
                    "what fits stays as it is",
                    model.embedder()
                            .embed(
                                    List.of(
                                            new EmbedInput(
                                                    List.of(new Content.Text("a frog")),
                                                    Role.DOCUMENT,
                                                    null)))
                            .get(0)
                            .vector(),
                    cut.get(3).vector(),
                    1e-6f);
            assertEquals(64, model.embedder().countTokens(cuttable("x ".repeat(100))));
        }
    }

    private static EmbedInput cuttable(String... texts) {
        List<Content> parts = Arrays.stream(texts).<Content>map(Content.Text::new).toList();
        return new EmbedInput(parts, Role.DOCUMENT, null, true);
    }

    public void testWhatItDoesNotTake() throws Exception {
        Path models = createTempDir();
        TestModels.copy(models, "a", "qwen2_vl_a", null);
        try (LoadedModel model = TestModels.repository(models).load("a")) {
            Content text = new Content.Text("a");
            assertInput(
                    "model [a] matches candidates of type [text] with a query of one [video] or"
                            + " [image]; for other queries it takes candidates of type [image,"
                            + " video]",
                    () -> model.matcher().match(List.of(text), List.of(text)));
            assertInput(
                    "[query] must hold at least one item",
                    () -> model.matcher().match(List.of(), List.of()));
            Content strip = new Content.Image(new Frame(0, 1000, 2, new byte[6000]));
            assertInput(
                    "a picture of [1000x2] is too long: one side may be at most [200] times the"
                            + " other; crop it",
                    () ->
                            model.embedder()
                                    .embed(
                                            List.of(
                                                    new EmbedInput(
                                                            List.of(strip), Role.QUERY, null))));
            assertInput(
                    "the input is empty; send at least one character, image or video",
                    () ->
                            model.embedder()
                                    .embed(
                                            List.of(
                                                    new EmbedInput(
                                                            List.of(new Content.Text("")),
                                                            Role.DOCUMENT,
                                                            null))));
            assertEquals(List.of(), model.matcher().match(List.of(text), List.of()));
        }
    }

    public void testAfterCloseCallsAreRefused() throws Exception {
        Path models = createTempDir();
        TestModels.copy(models, "a", "qwen2_vl_a", null);
        LoadedModel model = TestModels.repository(models).load("a");
        model.close();
        model.close();
        ModelException e =
                expectThrows(
                        ModelException.class,
                        () ->
                                model.embedder()
                                        .embed(
                                                List.of(
                                                        new EmbedInput(
                                                                List.of(new Content.Text("a")),
                                                                Role.QUERY,
                                                                null))));
        assertEquals(ModelException.Kind.ENGINE, e.kind());
        assertEquals("model [a] has been unloaded; send the request again", e.getMessage());
    }

    public void testCloseWaitsForTheCallsInside() throws Exception {
        CallGate gate = new CallGate("a");
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        StringBuffer order = new StringBuffer();
        Thread call =
                new Thread(
                        () -> {
                            try {
                                gate.call(
                                        () -> {
                                            inside.countDown();
                                            awaitQuietly(go);
                                            order.append("call ");
                                            return null;
                                        });
                            } catch (ModelException e) {
                                throw new AssertionError(e);
                            }
                        });
        call.start();
        inside.await();
        Thread close = new Thread(() -> gate.close(() -> order.append("free")));
        close.start();
        go.countDown();
        call.join();
        close.join();
        assertEquals("call free", order.toString());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertInput(String message, ThrowingRunnable call) {
        ModelException e = expectThrows(ModelException.class, call::run);
        assertEquals(ModelException.Kind.INPUT, e.kind());
        assertEquals(message, e.getMessage());
    }

    private interface ThrowingRunnable {
        void run() throws Exception;
    }

    /** Matryoshka: the first numbers, at norm 1 again. */
    public void testShorterVectors() throws Exception {
        Path models = createTempDir();
        TestModels.copy(models, "whole", "qwen2_vl_a", "{\"dtype\": \"float32\"}");
        TestModels.copy(models, "short", "qwen2_vl_a", "{\"dtype\": \"float32\", \"dims\": 8}");
        EmbedInput words =
                new EmbedInput(List.of(new Content.Text("a dog")), EmbedInput.Role.QUERY, null);
        FolderModelRepository repository = TestModels.repository(models);
        try (LoadedModel whole = repository.load("whole");
                LoadedModel shorter = repository.load("short")) {
            float[] all = whole.embedder().embed(List.of(words)).get(0).vector();
            float[] first = shorter.embedder().embed(List.of(words)).get(0).vector();
            assertEquals(8, first.length);
            assertEquals(8, shorter.info().dims());
            double norm = 0;
            for (int i = 0; i < 8; i++) {
                norm += (double) all[i] * all[i];
            }
            for (int i = 0; i < 8; i++) {
                assertEquals(all[i] / Math.sqrt(norm), first[i], 1e-6);
            }
            assertNotEquals(whole.info().fingerprint(), shorter.info().fingerprint());
        }
        TestModels.copy(models, "long", "qwen2_vl_a", "{\"dims\": 100000}");
        ModelException e = expectThrows(ModelException.class, () -> repository.describe("long"));
        assertTrue(
                e.getMessage(),
                e.getMessage().contains("keeps [dims] [100000], but the model's vectors have ["));
    }
}
