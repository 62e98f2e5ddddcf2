package org.vidvec.inference;

import static org.hamcrest.Matchers.startsWith;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.vidvec.inference.InferenceException.Kind;
import org.vidvec.model.EmbedInput.Role;

public class InferenceServiceTests extends InferenceTestCase {

    private static final String SHUTTING_DOWN =
            "this node is shutting down; send again to another node";

    public void testAFullQueueRefusesWithSizeAndCapacity() throws Exception {
        service = service(config(2, config().batching()));
        var first = service.embed(document("x"));
        service.embed(document("y"));
        assertEquals(2, service.queued());
        var third = service.embed(document("z"));
        assertFailed(
                third,
                Kind.OVERLOADED,
                "the inference queue of this node is full: [2] calls of [2] are under way; send"
                        + " again later or raise [vidvec.inference.queue_capacity]");
        threads.settle();
        assertEquals(1, first.get().tokens());
        assertEquals(0, service.queued());
        var again = service.embed(document("z"));
        threads.settle();
        assertEquals(1, again.get().tokens());
    }

    public void testRefusalsAreCounted() {
        service = service(config(1, config().batching()));
        service.embed(document("x"));
        threads.settle();
        service.embed(document("y"));
        service.embed(document("z"));
        assertEquals(1, service.stats().models().get("a").embed().rejected());
        assertEquals(0, service.stats().models().get("a").embed().failed());
    }

    public void testFilesInsideCallsAreBounded() {
        breaker = breaker("10b");
        service = service(config());
        var frames = new InputItem.Frames("vidvec.frames", new byte[6]);
        service.embed(embed("a", Role.DOCUMENT, MINUTE, frames));
        assertEquals(6, service.stats().queue().inputBytes());
        assertEquals(6, breaker.getUsed());
        InferenceException full = failure(service.embed(embed("a", Role.DOCUMENT, MINUTE, frames)));
        assertEquals(Kind.OVERLOADED, full.kind());
        assertThat(
                full.getMessage(),
                startsWith(
                        "[vidvec] Data too large, data for [media of a call] would be [12/12b],"
                                + " which is larger than the limit of [10/10b]"));
        assertEquals(1, breaker.getTrippedCount());
        assertFailed(
                service.embed(embed("a", Role.DOCUMENT, MINUTE, frames, frames)),
                Kind.BAD_INPUT,
                "the call holds [12] bytes of media, over the limit of [10] set by"
                        + " [breaker.vidvec.limit]; raise it, or name the file by a [repository://]"
                        + " URI");
        breaker.setLimitAndOverhead(20, 1);
        var later = service.embed(embed("a", Role.DOCUMENT, MINUTE, frames));
        assertEquals("a limit that was raised holds at once", 12, breaker.getUsed());
        assertFalse(later.isDone());
    }

    public void testNothingToEmbedIsRefused() {
        assertFailed(
                service.embed(embed("a", Role.QUERY, MINUTE)),
                Kind.BAD_INPUT,
                "[input] is empty; it must hold at least one text, image or video");
        assertFailed(
                service.match(new MatchCall("a", List.of(), List.of(), MINUTE)),
                Kind.BAD_INPUT,
                "[query] is empty; it must hold at least one text, image or video");
    }

    public void testTimeoutSaysWhatItWaitedFor() throws Exception {
        var loading =
                service.embed(
                        embed("a", Role.QUERY, Duration.ofSeconds(5), new InputItem.Text("x")));
        threads.advance(Duration.ofSeconds(5));
        assertFailed(
                loading,
                Kind.TIMEOUT,
                "[vidvec] timed out after [5s] waiting for model [a] to load; raise [timeout] or"
                        + " send again when the node is less busy");
        threads.settle();
        var queued =
                service.embed(
                        embed("a", Role.QUERY, Duration.ofMillis(250), new InputItem.Text("x")));
        threads.advance(Duration.ofMillis(250));
        assertFailed(
                queued,
                Kind.TIMEOUT,
                "[vidvec] timed out after [250ms] waiting for its turn: [0] inputs were before it"
                        + " in the queue of model [a]; raise [timeout] or send again when the"
                        + " node is less busy");
        threads.settle();
        assertEquals("what nobody waits for is not run", List.of(), models.batches);
        assertEquals(1, service.stats().models().get("a").embed().failed());
    }

    public void testAnAnswerInTimeStopsTheDeadline() throws Exception {
        var future = service.embed(query("x"));
        threads.settle();
        threads.advance(MINUTE.multipliedBy(2));
        assertEquals(1, future.get().tokens());
    }

    public void testCallersHearOfTheEndAfterTheirPlaceIsFree() {
        List<Integer> queued = new ArrayList<>();
        service.embed(query("x")).whenComplete((result, e) -> queued.add(service.queued()));
        service.embed(query("b#d")).whenComplete((result, e) -> queued.add(service.queued()));
        threads.settle();
        assertEquals(List.of(1, 0), queued);
    }

    public void testClosingEndsEveryCall() {
        var running = service.embed(document("runs"));
        List<CompletableFuture<EmbedResult>> others = new ArrayList<>();
        models.onForward =
                () -> {
                    others.add(service.embed(query("waits")));
                    others.add(
                            service.embed(
                                    embed("b", Role.QUERY, MINUTE, new InputItem.Text("loads"))));
                    others.add(service.embed(embed("a", Role.QUERY, MINUTE, video("v", 2, 0))));
                    service.close();
                    others.add(service.embed(query("late")));
                };
        threads.settle();
        assertFailed(running, Kind.UNAVAILABLE, SHUTTING_DOWN);
        assertEquals(4, others.size());
        others.forEach(other -> assertFailed(other, Kind.UNAVAILABLE, SHUTTING_DOWN));
    }

    public void testEqualTextQueriesAreAnsweredFromTheCache() throws Exception {
        var first = service.embed(query("a dog"));
        threads.settle();
        var second = service.embed(query("a dog"));
        assertTrue("at once", second.isDone());
        assertArrayEquals(first.get().vector(), second.get().vector(), 0f);
        assertEquals(first.get().tokens(), second.get().tokens());
        assertEquals(1, models.batches.size());
        var instructed =
                service.embed(
                        new EmbedCall(
                                "a",
                                List.of(new InputItem.Text("a dog")),
                                Role.QUERY,
                                "find",
                                null,
                                false,
                                MINUTE));
        service.embed(document("a dog"));
        threads.settle();
        assertEquals("another instruction", 9, instructed.get().tokens());
        assertEquals("documents are not kept", 3, models.batches.size());
        InferenceStats.Cache cache = service.stats().cache();
        assertEquals(1, cache.hits());
        assertEquals(2, cache.misses());
        assertTrue(cache.sizeBytes() > 2 * 4 * LetterModels.DIMS);
        assertEquals(4, service.stats().models().get("a").embed().texts());
    }

    public void testTimesAreCounted() {
        models.onForward = () -> threads.advance(Duration.ofMillis(40));
        service.embed(query("x"));
        threads.settle();
        InferenceStats.Time time = service.stats().models().get("a").embed().time();
        assertEquals(40, time.millis());
        // 45: forward pass and the wait for company; 19 %: a bucket
        assertEquals(45, time.p50Millis(), 45 * 0.19);
        assertEquals(time.p50Millis(), time.p99Millis(), 0);
        assertEquals(5, service.stats().queue().waitP99Millis(), 5 * 0.19);
        assertEquals(1024, service.stats().queue().capacity());
    }
}
