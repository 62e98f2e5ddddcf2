package org.vidvec.inference;

import static org.hamcrest.Matchers.containsString;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.vidvec.inference.InferenceException.Kind;
import org.vidvec.model.EmbedInput.Role;
import org.vidvec.model.ModelException;

public class ModelPoolTests extends InferenceTestCase {

    private int failedLoads;

    @Override
    protected int loadsThatFailed() {
        return failedLoads;
    }

    private CompletableFuture<EmbedResult> embedWith(String model) {
        return service.embed(embed(model, Role.DOCUMENT, MINUTE, new InputItem.Text("x")));
    }

    private static InferenceConfig room(long modelBytes) {
        InferenceConfig.Memory memory = config().memory();
        return config(
                new InferenceConfig.Memory(
                        modelBytes, memory.frameBytes(), memory.queryCacheBytes()));
    }

    public void testNothingIsLoadedBeforeTheFirstCallNorOnTheCallersThread() throws Exception {
        assertEquals(List.of("a", "b"), service.modelIds());
        assertEquals(LetterModels.DIMS, service.describe("a").dims());
        assertEquals(List.of(), models.loads);
        var first = embedWith("a");
        var second = embedWith("a");
        assertEquals("not on this thread", List.of(), models.loads);
        assertEquals("loading", service.stats().models().get("a").state());
        threads.settle();
        assertEquals("concurrent callers share one load", List.of("a"), models.loads);
        assertEquals("a", first.get().model().id());
        assertEquals("a", second.get().model().id());
        assertEquals("loaded", service.stats().models().get("a").state());
        assertEquals(100, service.stats().models().get("a").memoryBytes());
    }

    /** Files tell what weights take; what more there is shows at load. */
    public void testAModelThatTurnsOutTooLargeIsNotKept() throws Exception {
        service = service(room(150));
        models.onLoad = () -> models.grow("a", 200);
        var first = embedWith("a");
        threads.settle();
        assertFailed(
                first,
                Kind.FAILED,
                "model [a] needs [200] bytes, and [0] of [150] are in use by others; raise"
                        + " [vidvec.models.memory]");
        assertEquals(List.of("a"), models.closed);
        models.onLoad = () -> {};
        var other = embedWith("b");
        threads.settle();
        assertEquals("b", other.get().model().id());
    }

    public void testAModelThatCannotBeScheduledIsNotKept() {
        ModelPool pool =
                new ModelPool(
                        models,
                        1000,
                        new SafeExecutor("inference", Runnable::run),
                        System::nanoTime,
                        model -> {
                            throw new IllegalStateException("no threads");
                        });
        InferenceException e = failure(pool.acquire("a"));
        assertThat(e.getMessage(), containsString("no threads"));
        assertEquals(List.of("a"), models.closed);
        assertEquals("failed", pool.states((id, state) -> state.name()).get("a"));
        pool.close();
    }

    public void testUnknownModelIsToldWhichThereAre() {
        var future = embedWith("c");
        threads.settle();
        String message =
                "Could not find vidvec model [c]; this node has [a, b]; use one of them or put its"
                        + " folder beside theirs";
        assertFailed(future, Kind.MODEL_NOT_FOUND, message);
        InferenceException e = expectThrows(InferenceException.class, () -> service.describe("c"));
        assertEquals(message, e.getMessage());
        assertEquals(Kind.MODEL_NOT_FOUND, e.kind());
        assertEquals("made up names leave nothing", 0, service.stats().models().size());
    }

    public void testAFailedLoadIsToldToAllWhoWaitAndTriedAgainLater() throws Exception {
        failedLoads = 1;
        models.onLoad =
                () -> {
                    throw new ModelException(
                            ModelException.Kind.CHECKPOINT, "model [a] has no [config.json]");
                };
        var first = embedWith("a");
        var second = embedWith("a");
        threads.settle();
        assertFailed(first, Kind.FAILED, "model [a] has no [config.json]");
        assertFailed(second, Kind.FAILED, "model [a] has no [config.json]");
        assertEquals("failed", service.stats().models().get("a").state());
        assertEquals("model [a] has no [config.json]", service.stats().models().get("a").reason());
        assertFailed(embedWith("a"), Kind.FAILED, "model [a] has no [config.json]");
        assertEquals("not tried at once", 1, models.loads.size());
        models.onLoad = () -> {};
        threads.advance(Duration.ofSeconds(10));
        var third = embedWith("a");
        threads.settle();
        assertEquals("a", third.get().model().id());
    }

    public void testWithoutNativesTheNodeIsUnavailable() {
        failedLoads = 1;
        models.onLoad =
                () -> {
                    throw new ModelException(
                            ModelException.Kind.ENGINE, "no native libraries in [native]");
                };
        var future = embedWith("a");
        threads.settle();
        assertFailed(future, Kind.UNAVAILABLE, "no native libraries in [native]");
    }

    public void testAnErrorWhileLoadingDoesNotGetOut() {
        failedLoads = 1;
        models.onLoad =
                () -> {
                    throw new AssertionError("No pytorch version found in property file.");
                };
        var future = embedWith("a");
        threads.settle();
        assertFailed(
                future,
                Kind.FAILED,
                "could not load model [a]: [java.lang.AssertionError: No pytorch version found in"
                        + " property file.]; the log of this node has the stack trace");
        assertNull(failure(future).getCause());
    }

    public void testTheLeastRecentlyUsedModelMakesRoom() throws Exception {
        service = service(room(150));
        embedWith("a");
        threads.settle();
        var b = embedWith("b");
        threads.settle();
        assertEquals("b", b.get().model().id());
        assertEquals(List.of("a"), models.closed);
        assertEquals("not_loaded", service.stats().models().get("a").state());
        assertEquals(0, service.stats().models().get("a").memoryBytes());
    }

    public void testAModelInUseIsNotUnloaded() throws Exception {
        service = service(room(150));
        var a = embedWith("a");
        threads.run();
        assertFalse("it waits for company", a.isDone());
        var b = embedWith("b");
        threads.run();
        assertFailed(
                b,
                Kind.OVERLOADED,
                "model [b] needs [100] bytes, and [100] of [150] are in use by others; send again"
                        + " later or raise [vidvec.models.memory]");
        threads.settle();
        assertEquals("a", a.get().model().id());
        var again = embedWith("b");
        threads.settle();
        assertEquals("no failure is remembered", "b", again.get().model().id());
    }

    public void testAModelThatNeverFitsUnloadsNoOther() throws Exception {
        service = service(room(150));
        embedWith("a");
        threads.settle();
        models.grow("b", 200);
        var b = embedWith("b");
        threads.settle();
        assertFailed(
                b,
                Kind.FAILED,
                "model [b] needs [200] bytes, and [100] of [150] are in use by others; raise"
                        + " [vidvec.models.memory]");
        assertEquals(List.of(), models.closed);
    }

    public void testAModelStaysUntilAnAbandonedForwardPassIsOver() {
        service = service(room(150));
        var a = embedWith("a");
        models.onForward =
                () -> {
                    a.cancel(false);
                    service.close();
                    assertEquals("it runs", List.of(), models.closed);
                };
        threads.settle();
        assertTrue(a.isCancelled());
        assertEquals(List.of("a"), models.closed);
    }

    public void testClosingWhileLoadingUnloadsTheModelAtOnce() {
        var a = embedWith("a");
        models.onLoad = () -> service.close();
        threads.settle();
        assertFailed(a, Kind.UNAVAILABLE, "this node is shutting down; send again to another node");
        assertEquals(List.of("a"), models.closed);
    }
}
