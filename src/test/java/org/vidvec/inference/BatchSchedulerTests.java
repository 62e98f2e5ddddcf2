package org.vidvec.inference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.vidvec.inference.InferenceException.Kind;
import org.vidvec.model.EmbedInput.Role;
import org.vidvec.model.ModelException;

public class BatchSchedulerTests extends InferenceTestCase {

    /** Loads model a, so that the tests see batches only. */
    private void load() throws Exception {
        CompletableFuture<EmbedResult> first = service.embed(document("load"));
        threads.settle();
        assertEquals(4, first.get().tokens());
        models.batches.clear();
    }

    private List<CompletableFuture<EmbedResult>> embed(Role role, String... texts) {
        List<CompletableFuture<EmbedResult>> futures = new ArrayList<>();
        for (String text : texts) {
            futures.add(service.embed(text(role, text)));
        }
        return futures;
    }

    public void testInputsThatComeTogetherShareAForwardPass() throws Exception {
        load();
        var futures = embed(Role.DOCUMENT, "x", "y", "z");
        assertEquals("they wait for company", 0, threads.waitingForInference());
        threads.advance(Duration.ofMillis(5));
        threads.run();
        assertEquals(List.of(List.of("x", "y", "z")), models.batches);
        for (var future : futures) {
            assertEquals(1, future.get().tokens());
        }
        assertEquals(2, service.stats().models().get("a").embed().time().batches());
    }

    public void testAloneEqualsInABatch() throws Exception {
        load();
        var together = embed(Role.DOCUMENT, "cat", "a longer text");
        threads.settle();
        var alone = embed(Role.DOCUMENT, "cat");
        threads.settle();
        assertArrayEquals(together.get(0).get().vector(), alone.get(0).get().vector(), 0f);
    }

    public void testAFullBatchDoesNotWait() throws Exception {
        service = service(config(100, new InferenceConfig.Batching(2, 1000, MINUTE)));
        var futures = embed(Role.DOCUMENT, "x", "y", "z");
        threads.run();
        assertEquals(List.of(List.of("x", "y")), models.batches);
        assertFalse(futures.get(2).isDone());
        threads.advance(MINUTE.minusMillis(1));
        threads.run();
        assertFalse("still waits for company", futures.get(2).isDone());
        futures.get(2).cancel(false);
    }

    public void testBatchesChangeWhileTheNodeRuns() throws Exception {
        service = service(config(100, new InferenceConfig.Batching(16, 5, MINUTE)));
        var first = embed(Role.DOCUMENT, "x");
        threads.run();
        assertEquals("it waits for company", List.of(), models.batches);
        service.batching(2, Duration.ofMillis(20));
        embed(Role.DOCUMENT, "y", "z");
        threads.run();
        assertEquals("two are enough now", List.of(List.of("x", "y")), models.batches);
        threads.advance(Duration.ofMillis(19));
        threads.run();
        assertEquals(1, models.batches.size());
        threads.advance(Duration.ofMillis(1));
        threads.run();
        assertEquals("and wait less", List.of("z"), models.batches.get(1));
        assertTrue(first.get(0).isDone());
        embed(Role.DOCUMENT, "1234", "12");
        threads.settle();
        threads.advance(Duration.ofMillis(20));
        threads.settle();
        assertEquals("tokens stay", List.of("1234"), models.batches.get(2));
        expectThrows(IllegalArgumentException.class, () -> service.batching(0, MINUTE));
    }

    public void testTokenBudgetSplitsABatchInOrder() throws Exception {
        service = service(config(100, new InferenceConfig.Batching(16, 10, Duration.ofMillis(5))));
        embed(Role.DOCUMENT, "123456", "1234", "12345", "123456789012", "1");
        threads.settle();
        assertEquals(
                List.of(
                        List.of("123456", "1234"),
                        List.of("12345"),
                        List.of("123456789012"),
                        List.of("1")),
                models.batches);
    }

    public void testQueriesOvertakeDocumentsThatWait() throws Exception {
        load();
        embed(Role.DOCUMENT, "d1", "d2");
        threads.advance(Duration.ofMillis(5));
        assertEquals("the documents have a thread coming", 1, threads.waitingForInference());
        embed(Role.QUERY, "q");
        threads.settle();
        assertEquals(List.of(List.of("q"), List.of("d1", "d2")), models.batches);
    }

    public void testASteadyStreamOfQueriesDoesNotStarveDocuments() throws Exception {
        service = service(config(100, new InferenceConfig.Batching(1, 1000, Duration.ZERO)));
        load();
        models.onForward =
                () -> {
                    // each query is followed by the next
                    if (models.batches.size() < 10) {
                        embed(Role.QUERY, "q" + models.batches.size());
                    }
                };
        embed(Role.DOCUMENT, "d");
        embed(Role.QUERY, "q");
        threads.settle();
        assertEquals(4, models.batches.indexOf(List.of("d")));
    }

    public void testOneBadInputDoesNotFailItsMates() throws Exception {
        load();
        var futures = embed(Role.DOCUMENT, "good", "b#d", "fine");
        threads.settle();
        assertEquals(4, futures.get(0).get().tokens());
        assertEquals(4, futures.get(2).get().tokens());
        assertFailed(futures.get(1), Kind.BAD_INPUT, "model [a] does not know the character [#]");
        assertEquals(List.of("good", "b#d", "fine"), models.batches.get(0));
        assertEquals("once together, then alone", 4, models.batches.size());
        assertEquals(1, service.stats().models().get("a").embed().failed());
    }

    public void testAnEngineFailureFailsTheWholeBatchOnce() throws Exception {
        load();
        models.onForward =
                () -> {
                    throw new ModelException(ModelException.Kind.ENGINE, "the device was lost");
                };
        var futures = embed(Role.DOCUMENT, "x", "y");
        threads.settle();
        assertFailed(futures.get(0), Kind.FAILED, "the device was lost");
        assertFailed(futures.get(1), Kind.FAILED, "the device was lost");
        assertEquals(1, models.batches.size());
    }

    public void testNoErrorOfTheEngineGetsOut() throws Exception {
        load();
        models.onForward =
                () -> {
                    throw new NoClassDefFoundError("ai/djl/pytorch/jni/LibUtils");
                };
        var future = service.embed(document("x"));
        threads.settle();
        assertFailed(
                future,
                Kind.FAILED,
                "could not run a model: [java.lang.NoClassDefFoundError:"
                        + " ai/djl/pytorch/jni/LibUtils]; the log of this node has the stack"
                        + " trace");
        assertNull("an Error among the causes would kill the node", failure(future).getCause());
        models.onForward = () -> {};
        var next = service.embed(document("y"));
        threads.settle();
        assertEquals("the thread goes on", 1, next.get().tokens());
    }

    public void testADroppedInputIsNotRun() throws Exception {
        load();
        var futures = embed(Role.DOCUMENT, "x", "y");
        futures.get(0).cancel(false);
        assertEquals(1, service.queued());
        threads.settle();
        assertEquals(List.of(List.of("y")), models.batches);
        assertTrue(futures.get(0).isCancelled());
    }

    public void testWhenNoThreadTakesWorkCallsEndUnavailable() throws Exception {
        load();
        var future = service.embed(document("x"));
        threads.stop();
        threads.advance(Duration.ofMillis(5));
        assertFailed(
                future,
                Kind.UNAVAILABLE,
                "the [inference] threads of this node take no more work: it is shutting down;"
                        + " send again to another node");
    }
}
