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

    private void breakTheEngine() {
        models.onForward =
                () -> {
                    throw new ModelException(ModelException.Kind.ENGINE, "the device was lost");
                };
    }

    private InferenceStats.Model stats() {
        return service.stats().models().get("a");
    }

    public void testAnEngineThatFailedIsToldInTheStatsAndLoadedAnewForTheNextCall()
            throws Exception {
        embedWith("a");
        threads.settle();
        threads.advance(Duration.ofSeconds(10));
        breakTheEngine();
        var failed = embedWith("a");
        threads.settle();
        assertFailed(failed, Kind.FAILED, "the device was lost");
        assertEquals("failed", stats().state());
        assertEquals("the device was lost", stats().reason());
        assertEquals("it still takes its memory", 100, stats().memoryBytes());
        assertEquals("nobody needs it yet", List.of("a"), models.loads);
        models.onForward = () -> {};
        var next = embedWith("a");
        assertEquals("not on this thread", List.of(), models.closed);
        threads.settle();
        assertEquals("a", next.get().model().id());
        assertEquals(List.of("a", "a"), models.loads);
        assertEquals(List.of("a"), models.closed);
        assertEquals("loaded", stats().state());
        assertNull(stats().reason());
    }

    /** Or one odd call, sent again and again, would have all others wait for loads. */
    public void testAModelThatWasLoadedJustNowIsTriedAgainFirst() throws Exception {
        breakTheEngine();
        var failed = embedWith("a");
        threads.settle();
        assertFailed(failed, Kind.FAILED, "the device was lost");
        assertEquals("failed", stats().state());
        models.onForward = () -> {};
        var next = embedWith("a");
        threads.settle();
        assertEquals("a", next.get().model().id());
        assertEquals(List.of("a"), models.loads);
        assertEquals("it works after all", "loaded", stats().state());
    }

    public void testABadInputDoesNotMarkAModel() {
        var bad = service.embed(document("b#d"));
        threads.settle();
        assertEquals(Kind.BAD_INPUT, failure(bad).kind());
        assertEquals("loaded", stats().state());
        models.onForward =
                () -> {
                    throw new ModelException(ModelException.Kind.RESOURCES, "no memory");
                };
        var large = embedWith("a");
        threads.settle();
        assertFailed(large, Kind.OVERLOADED, "no memory");
        assertEquals("loaded", stats().state());
    }

    public void testCallsUnderWayEndBeforeAFailedModelIsLoadedAnew() throws Exception {
        service = service(room(150));
        embedWith("a");
        threads.settle();
        threads.advance(Duration.ofSeconds(10));
        var old = service.embed(embed("a", Role.DOCUMENT, MINUTE, video("v", 2, 9)));
        breakTheEngine();
        var failed = embedWith("a");
        threads.advance(Duration.ofMillis(5));
        while (threads.inferOne()) {
            assertFalse("its frames are not decoded yet", old.isDone());
        }
        assertFailed(failed, Kind.FAILED, "the device was lost");
        models.onForward = () -> {};
        var next = embedWith("a");
        while (threads.inferOne()) {
            assertFalse("it waits for the call that has the old one", next.isDone());
        }
        assertEquals("loading", stats().state());
        assertEquals("its memory is not given to others", 100, stats().memoryBytes());
        assertEquals(List.of(), models.closed);
        threads.settle();
        assertEquals("it ends with the old one", 2, old.get().tokens());
        assertEquals("a", next.get().model().id());
        assertEquals(List.of("a", "a"), models.loads);
        assertEquals(List.of("a"), models.closed);
    }

    public void testAFailedModelThatCannotBeLoadedAnewIsRefusedAsAfterAFailedLoad() {
        failedLoads = 1;
        embedWith("a");
        threads.settle();
        threads.advance(Duration.ofSeconds(10));
        breakTheEngine();
        embedWith("a");
        threads.settle();
        models.onLoad =
                () -> {
                    throw new ModelException(ModelException.Kind.ENGINE, "no such device");
                };
        var next = embedWith("a");
        threads.settle();
        assertFailed(next, Kind.UNAVAILABLE, "no such device");
        assertFailed(embedWith("a"), Kind.UNAVAILABLE, "no such device");
        assertEquals("failed", stats().state());
        assertEquals("no such device", stats().reason());
        assertEquals(0, stats().memoryBytes());
        assertEquals(2, models.loads.size());
        assertEquals(List.of("a"), models.closed);
    }

    public void testClosingWhileACallHasAFailedModelUnloadsItAndLoadsNone() {
        embedWith("a");
        threads.settle();
        threads.advance(Duration.ofSeconds(10));
        var old = service.embed(embed("a", Role.DOCUMENT, MINUTE, video("v", 2, 9)));
        breakTheEngine();
        embedWith("a");
        threads.advance(Duration.ofMillis(5));
        while (threads.inferOne()) {
            assertFalse("its frames are not decoded yet", old.isDone());
        }
        assertEquals("failed", stats().state());
        var next = embedWith("a");
        service.close();
        threads.settle();
        assertEquals(Kind.UNAVAILABLE, failure(old).kind());
        assertEquals(Kind.UNAVAILABLE, failure(next).kind());
        assertEquals(List.of("a"), models.closed);
        assertEquals(List.of("a"), models.loads);
    }
}
