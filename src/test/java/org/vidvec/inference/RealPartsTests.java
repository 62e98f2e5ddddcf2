package org.vidvec.inference;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.common.breaker.NoopCircuitBreaker;
import org.elasticsearch.test.ESTestCase;
import org.junit.After;
import org.junit.Before;
import org.vidvec.action.HeapBreaker;
import org.vidvec.inference.InferenceException.Kind;
import org.vidvec.media.BytesSource;
import org.vidvec.media.FrameStrip;
import org.vidvec.media.MediaFiles;
import org.vidvec.media.MediaReader;
import org.vidvec.model.EmbedInput.Role;
import org.vidvec.model.FolderModelRepository;
import org.vidvec.natives.NativeLibraries;

/** The service over the demo's model, FFmpeg and real threads. */
public class RealPartsTests extends ESTestCase {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final ExecutorService decode = Executors.newFixedThreadPool(2);
    private final ExecutorService inference = Executors.newFixedThreadPool(1);
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    private InferenceService service;

    @Before
    public void startService() throws Exception {
        NativeLibraries natives = NativeLibraries.fromSystemProperty();
        service =
                new InferenceService(
                        new FolderModelRepository(models(), natives, "cpu", 1),
                        new MediaReader(natives),
                        new FrameStrip(natives),
                        InferenceConfig.DEFAULT,
                        new InferenceExecutors(decode, inference, scheduler, System::nanoTime),
                        new HeapBreaker(new NoopCircuitBreaker(HeapBreaker.NAME)));
    }

    private static Path models() {
        return Path.of(System.getProperty("vidvec.project.dir"), "src", "test", "models");
    }

    @After
    public void stopService() throws Exception {
        service.close();
        for (ExecutorService threads : List.of(decode, inference, scheduler)) {
            threads.shutdown();
            assertTrue(threads.awaitTermination(1, TimeUnit.MINUTES));
        }
        assertEquals(0, service.queued());
        assertEquals(0, service.stats().queue().frameBytes());
    }

    private static InputItem video(String file) throws Exception {
        return new InputItem.Media(
                InputItem.Kind.VIDEO, new BytesSource(file, MediaFiles.bytes(file)));
    }

    private CompletableFuture<EmbedResult> document(InputItem item) {
        return service.embed(
                new EmbedCall("tiny", List.of(item), Role.DOCUMENT, null, null, true, LONG));
    }

    public void testABulkOfMixedCodecsWithOneTextAmongThem() throws Exception {
        List<String> files =
                List.of(
                        "demo/bottles.mp4",
                        "demo/crystal.webm",
                        "bad/text.mp4",
                        "demo/elf-figurine.mkv",
                        "demo/store-aisle.avi");
        List<CompletableFuture<EmbedResult>> futures = new ArrayList<>();
        for (String file : files) {
            futures.add(document(video(file)));
        }
        int dims = service.describe("tiny").dims();
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i).equals("bad/text.mp4")) {
                ExecutionException e = expectThrows(ExecutionException.class, futures.get(i)::get);
                InferenceException told = asInstanceOf(InferenceException.class, e.getCause());
                assertEquals(Kind.BAD_INPUT, told.kind());
                assertTrue(told.getMessage(), told.getMessage().contains("[bad/text.mp4]"));
            } else {
                EmbedResult result = futures.get(i).get();
                assertEquals(dims, result.vector().length);
                assertEquals("video", result.media().info().kind());
                assertTrue(result.media().framesSampled() > 1);
            }
        }
        InferenceStats stats = service.stats();
        assertEquals(4, stats.models().get("tiny").embed().videos());
        assertEquals(1, stats.models().get("tiny").embed().failed());
        assertEquals(1, stats.decode().failed());
        assertTrue(stats.models().get("tiny").memoryBytes() > 0);
    }

    public void testKeptFramesAreJudgedLikeTheOriginal() throws Exception {
        EmbedResult embedded = document(video("demo/bottles.mp4")).get();
        byte[] strip = embedded.media().strip();
        assertTrue("a compact strip: " + strip.length, strip.length < 1_000_000);
        MatchResult matched =
                service.match(
                                new MatchCall(
                                        "tiny",
                                        List.of(new InputItem.Text("a hand moves bottles")),
                                        List.of(
                                                new InputItem.Frames("vidvec.frames", strip),
                                                video("demo/bottles.mp4"),
                                                new InputItem.Frames("broken", new byte[7])),
                                        LONG))
                        .get();
        double kept = matched.outcomes().get(0).score().pYes();
        double original = matched.outcomes().get(1).score().pYes();
        // 0.05: JPEG and a smaller size
        assertEquals(original, kept, 0.05);
        assertNull(matched.outcomes().get(2).score());
        assertTrue(matched.outcomes().get(2).error().contains("[broken]"));
        EmbedResult again = document(new InputItem.Frames("vidvec.frames", strip)).get();
        assertNull(again.media().sha256());
        assertEquals(embedded.media().framesSampled(), again.media().framesSampled());
        assertTrue(cosine(embedded.vector(), again.vector()) > 0.95);
    }

    public void testClosingWhileWorkIsUnderWayEndsEveryCall() throws Exception {
        List<CompletableFuture<EmbedResult>> futures = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            futures.add(document(video("demo/bottles.mp4")));
        }
        service.embed(
                        new EmbedCall(
                                "tiny",
                                List.of(new InputItem.Text("x")),
                                Role.QUERY,
                                null,
                                null,
                                false,
                                LONG))
                .get();
        service.close();
        for (CompletableFuture<EmbedResult> future : futures) {
            try {
                assertNotNull(future.get());
            } catch (ExecutionException e) {
                assertEquals(
                        Kind.UNAVAILABLE,
                        asInstanceOf(InferenceException.class, e.getCause()).kind());
            }
        }
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
        }
        return dot;
    }
}
