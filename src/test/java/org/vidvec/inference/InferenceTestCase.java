package org.vidvec.inference;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.settings.ClusterSettings;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.indices.breaker.CircuitBreakerMetrics;
import org.elasticsearch.indices.breaker.HierarchyCircuitBreakerService;
import org.elasticsearch.test.ESTestCase;
import org.junit.After;
import org.vidvec.action.HeapBreaker;
import org.vidvec.media.FrameStrip;
import org.vidvec.model.EmbedInput.Role;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;

/** A service whose threads and time the test moves itself. */
public abstract class InferenceTestCase extends ESTestCase {

    protected static final Duration MINUTE = Duration.ofMinutes(1);

    protected final ManualThreads threads = new ManualThreads();
    protected final LetterModels models = new LetterModels(Map.of("a", 100L, "b", 100L));
    final PpmBackend media = new PpmBackend();

    /** The host's own, which all services of a test count in. */
    protected CircuitBreaker breaker = breaker("256mb");

    protected InferenceService service = service(config());

    protected final InferenceService service(InferenceConfig config) {
        return new InferenceService(
                models,
                media,
                new FrameStrip(natives()),
                config,
                threads.executors(),
                new HeapBreaker(breaker));
    }

    /** A breaker as a node makes it. */
    public static CircuitBreaker breaker(String limit) {
        Settings settings =
                Settings.builder()
                        .put("breaker.vidvec.limit", limit)
                        // other tests' heap is none of ours
                        .put("indices.breaker.total.use_real_memory", false)
                        .build();
        return new HierarchyCircuitBreakerService(
                        CircuitBreakerMetrics.NOOP,
                        settings,
                        List.of(HeapBreaker.settings(settings)),
                        new ClusterSettings(settings, ClusterSettings.BUILT_IN_CLUSTER_SETTINGS))
                .getBreaker(HeapBreaker.NAME);
    }

    /** Nothing is loaded from there unless a test packs or unpacks a strip. */
    protected static NativeLibraries natives() {
        try {
            return NativeLibraries.fromSystemProperty();
        } catch (NativeLibraryException e) {
            throw new AssertionError(e);
        }
    }

    protected static InferenceConfig config() {
        return InferenceConfig.DEFAULT;
    }

    protected static InferenceConfig config(int queue, InferenceConfig.Batching batching) {
        return new InferenceConfig(
                queue, batching, config().memory(), config().mediaLimits(), 2, 1);
    }

    protected static InferenceConfig config(InferenceConfig.Memory memory) {
        return new InferenceConfig(
                config().queueCapacity(),
                config().batching(),
                memory,
                config().mediaLimits(),
                2,
                1);
    }

    @After
    public void nothingIsLeftBehind() {
        threads.settle();
        service.close();
        threads.run();
        assertEquals("calls under way", 0, service.queued());
        assertEquals("bytes of frames", 0, service.stats().queue().frameBytes());
        assertEquals("bytes of files", 0, service.stats().queue().inputBytes());
        assertEquals("bytes in the breaker", 0, breaker.getUsed());
        assertEquals(
                "every loaded model is closed once",
                models.loads.size(),
                loadsThatFailed() + models.closed.size());
    }

    /** How many of the loads gave no model. */
    protected int loadsThatFailed() {
        return 0;
    }

    protected static EmbedCall text(Role role, String text) {
        return embed("a", role, MINUTE, new InputItem.Text(text));
    }

    protected static EmbedCall query(String text) {
        return text(Role.QUERY, text);
    }

    protected static EmbedCall document(String text) {
        return text(Role.DOCUMENT, text);
    }

    protected static EmbedCall embed(
            String model, Role role, Duration timeout, InputItem... items) {
        return new EmbedCall(model, List.of(items), role, null, null, false, timeout);
    }

    protected static InputItem.Media video(String name, int frames, int grey) {
        return video(new PpmBackend.Source(name, PpmBackend.file(frames, grey)));
    }

    protected static InputItem.Media video(PpmBackend.Source source) {
        return new InputItem.Media(InputItem.Kind.VIDEO, source);
    }

    /** Waits until of all frames that were read no more than {@code most} are held by anybody. */
    final void assertHeld(int most) throws Exception {
        assertBusy(
                () -> {
                    System.gc();
                    long held = media.read.stream().filter(frame -> frame.get() != null).count();
                    assertTrue(held + " frames are held", held <= most);
                });
    }

    /** The failure of a call that must have one by now. */
    protected static InferenceException failure(CompletableFuture<?> future) {
        assertTrue("not answered", future.isDone());
        ExecutionException e = expectThrows(ExecutionException.class, future::get);
        return asInstanceOf(InferenceException.class, e.getCause());
    }

    protected static void assertFailed(
            CompletableFuture<?> future, InferenceException.Kind kind, String message) {
        InferenceException failure = failure(future);
        assertEquals(message, failure.getMessage());
        assertEquals(kind, failure.kind());
    }
}
