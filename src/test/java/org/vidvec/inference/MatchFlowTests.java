package org.vidvec.inference;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.vidvec.inference.InferenceException.Kind;
import org.vidvec.model.Calibration;
import org.vidvec.model.CardCalibration;
import org.vidvec.model.MatchScore;
import org.vidvec.model.ModelException;
import org.vidvec.model.ModelRecipe;

public class MatchFlowTests extends InferenceTestCase {

    private static MatchCall call(String query, InputItem... candidates) {
        return new MatchCall("a", List.of(new InputItem.Text(query)), List.of(candidates), MINUTE);
    }

    public void testOneOutcomePerCandidateInTheirOrder() throws Exception {
        List<InputItem> candidates = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            candidates.add(video("v" + i, 2, i * 6));
        }
        var all = service.match(call("abc", candidates.toArray(InputItem[]::new)));
        threads.settle();
        MatchResult result = all.get();
        assertEquals("a", result.model().id());
        assertEquals(40, result.outcomes().size());
        assertEquals("16 at most in a batch", 3, models.batches.size());
        for (int i : new int[] {0, 17, 39}) {
            var alone = service.match(call("abc", video("w", 2, i * 6)));
            threads.settle();
            assertEquals(
                    alone.get().outcomes().get(0).score().pYes(),
                    result.outcomes().get(i).score().pYes(),
                    0);
            assertNull(result.outcomes().get(i).error());
        }
        assertEquals(43, service.stats().models().get("a").match().pairs());
        assertEquals(6, service.stats().models().get("a").match().time().batches());
    }

    public void testFramesOfJudgedCandidatesAreHeldByNobody() throws Exception {
        List<InputItem> candidates = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            candidates.add(video("v" + i, 2, i * 6));
        }
        var all = service.match(call("abc", candidates.toArray(InputItem[]::new)));
        while (models.batches.size() < 2) {
            assertTrue(threads.decodeOne() || threads.inferOne());
            threads.advance(config().batching().maxWait());
        }
        assertFalse("the call goes on", all.isDone());
        int judged = models.batches.stream().mapToInt(List::size).sum();
        assertHeld(media.read.size() - 2 * judged);
        threads.settle();
        assertEquals(40, all.get().outcomes().size());
    }

    public void testCandidatesInOnePrompt() throws Exception {
        MatchCall call =
                new MatchCall(
                        "a",
                        List.of(new InputItem.Text("abc")),
                        List.of(video("v", 2, 6), video("w", 3, 9)),
                        List.of(),
                        true,
                        MINUTE);
        var asked = service.match(call);
        threads.settle();
        assertEquals("one pass over all", List.of(List.of("abc.....")), models.batches);
        List<MatchResult.Outcome> outcomes = asked.get().outcomes();
        assertEquals(new MatchScore(2, 2), outcomes.get(0).score());
        assertEquals(new MatchScore(2, 3), outcomes.get(1).score());
        assertEquals(2, service.stats().models().get("a").match().pairs());
        assertEquals("all frames are given back", 0, service.stats().queue().frameBytes());
    }

    private CompletableFuture<MatchResult> together(InputItem... candidates) {
        List<InputItem> query = List.of(new InputItem.Text("abc"));
        return service.match(
                new MatchCall("a", query, List.of(candidates), List.of(), true, MINUTE));
    }

    public void testABadCandidateEndsNoComparison() throws Exception {
        InputItem.Media text = video(new PpmBackend.Source("t", new byte[] {1, 2, 3}));
        InputItem.Media image =
                new InputItem.Media(
                        InputItem.Kind.IMAGE, new PpmBackend.Source("i", PpmBackend.file(2, 5)));
        var asked = together(text, video("v", 2, 6), image, video("w", 3, 9));
        threads.settle();
        List<MatchResult.Outcome> outcomes = asked.get().outcomes();
        assertEquals("[t] is not a P6 picture", outcomes.get(0).error());
        assertEquals(new MatchScore(2, 2), outcomes.get(1).score());
        assertEquals(
                "[i] is of type [video] (codec [ppm]), not [image]; set its [type] to [video]",
                outcomes.get(2).error());
        assertEquals(new MatchScore(2, 3), outcomes.get(3).score());
        assertEquals(2, service.stats().models().get("a").match().pairs());
        var none = together(text, text);
        threads.settle();
        assertEquals("[t] is not a P6 picture", none.get().outcomes().get(1).error());
        assertEquals("nothing was left to compare", 1, models.batches.size());
    }

    public void testFilesAreReadForTheirFramesAlone() throws Exception {
        byte[] file = PpmBackend.file(2, 6);
        AtomicLong read = new AtomicLong();
        var counted =
                new PpmBackend.Source("u", file) {
                    @Override
                    public int read(long position, byte[] target, int offset, int length)
                            throws IOException {
                        int n = super.read(position, target, offset, length);
                        read.addAndGet(Math.max(0, n));
                        return n;
                    }
                };
        var asked = service.match(call("abc", video(counted)));
        threads.settle();
        assertNull(asked.get().outcomes().get(0).error());
        assertEquals("not for a hash that nobody asked for", file.length, read.get());
    }

    public void testAServerThatBreaksOffEndsNoOtherCandidate() throws Exception {
        var asked = service.match(call("abc", video(PpmBackend.broken("u")), video("v", 2, 6)));
        threads.settle();
        List<MatchResult.Outcome> outcomes = asked.get().outcomes();
        assertEquals("could not read [u]: connection reset", outcomes.get(0).error());
        assertNull(outcomes.get(1).error());
    }

    public void testFramesOfAllCandidatesAreBounded() {
        service = service(config(new InferenceConfig.Memory(1000, 23, 0)));
        var asked = together(video("u", 2, 6), video("v", 2, 6), video("w", 2, 6));
        threads.settle();
        assertFailed(
                asked,
                Kind.BAD_INPUT,
                "the frames of the files of one request take more than [23] bytes, the limit set"
                        + " by [vidvec.inference.frame_memory]; send fewer files at once, or sample"
                        + " fewer frames of each");
        var largest = together(video("u", 8, 6), video("v", 2, 6));
        threads.settle();
        assertFalse("beside what fits", largest.isCompletedExceptionally());
    }

    public void testOtherTextsAreAskedOncePerVideo() throws Exception {
        MatchCall call =
                new MatchCall(
                        "a",
                        List.of(new InputItem.Text("abc")),
                        List.of(video("v", 2, 9), video("w", 3, 200)),
                        List.of("", "x"),
                        MINUTE);
        var first = service.match(call);
        threads.settle();
        List<MatchScore> references = first.get().outcomes().get(1).references();
        assertEquals(2, references.size());
        var alone = service.match(call("x", video("w", 3, 200)));
        threads.settle();
        assertEquals(alone.get().outcomes().get(0).score(), references.get(1));
        // under another name, and with its bytes at hand: what the model sees is the same
        int before = models.batches.size();
        var bytes = new org.vidvec.media.BytesSource("other", PpmBackend.file(2, 9));
        InputItem inline = new InputItem.Media(InputItem.Kind.VIDEO, bytes);
        MatchCall named =
                new MatchCall("a", call.query(), List.of(inline), List.of("", "x"), MINUTE);
        var second = service.match(named);
        threads.settle();
        assertEquals("the query only", before + 1, models.batches.size());
        assertEquals(
                first.get().outcomes().get(0).references(),
                second.get().outcomes().get(0).references());
    }

    public void testTheCardsTextsAreAskedWhereARequestHasNone() throws Exception {
        ModelRecipe p = ModelRecipe.PLAIN;
        models.recipe =
                new ModelRecipe(
                        p.attention(),
                        p.pooling(),
                        p.query(),
                        p.document(),
                        p.moment(),
                        null,
                        new CardCalibration(Calibration.DUAL_SOFTMAX, 1, List.of("x", "y")),
                        "");
        List<InputItem> query = List.of(new InputItem.Text("abc"));
        var own = service.match(new MatchCall("a", query, List.of(video("v", 2, 9)), null, MINUTE));
        threads.settle();
        var named =
                service.match(
                        new MatchCall(
                                "a", query, List.of(video("v", 2, 9)), List.of("x", "y"), MINUTE));
        threads.settle();
        assertEquals(2, own.get().outcomes().get(0).references().size());
        assertEquals(named.get().outcomes(), own.get().outcomes());
        var none = service.match(call("abc", video("v", 2, 9)));
        threads.settle();
        assertEquals(List.of(), none.get().outcomes().get(0).references());
    }

    public void testATextThatTheModelRefusesIsTheCandidatesOutcome() throws Exception {
        var asked =
                service.match(
                        new MatchCall(
                                "a",
                                List.of(new InputItem.Text("abc")),
                                List.of(new InputItem.Text("x"), video("v", 2, 9)),
                                List.of("y"),
                                MINUTE));
        threads.settle();
        assertNotNull(asked.get().outcomes().get(0).error());
        assertNotNull(asked.get().outcomes().get(1).score());
    }

    public void testABadCandidateHasAnErrorAndTheOthersAScore() throws Exception {
        var text = new PpmBackend.Source("notes.mp4", new byte[] {1, 2, 3});
        var future =
                service.match(
                        call(
                                "abc",
                                video("v", 2, 9),
                                video(text),
                                new InputItem.Text("words"),
                                video("w", 3, 9)));
        threads.settle();
        List<MatchResult.Outcome> outcomes = future.get().outcomes();
        assertNotNull(outcomes.get(0).score());
        assertNull(outcomes.get(1).score());
        assertEquals("[notes.mp4] is not a P6 picture", outcomes.get(1).error());
        assertEquals(
                "model [a] does not judge [text]; it judges [image, video]",
                outcomes.get(2).error());
        assertNotNull(outcomes.get(3).score());
        assertEquals(1, text.closed);
        assertEquals(2, service.stats().models().get("a").match().pairs());
        assertEquals(2, service.stats().models().get("a").match().failed());
    }

    public void testAnEngineFailureEndsTheCall() {
        models.onForward =
                () -> {
                    throw new ModelException(ModelException.Kind.ENGINE, "the device was lost");
                };
        var future = service.match(call("abc", video("v", 2, 9), video("w", 2, 9)));
        threads.settle();
        assertFailed(future, Kind.FAILED, "the device was lost");
    }

    public void testNoCandidatesNoOutcomes() throws Exception {
        var future = service.match(call("abc"));
        threads.settle();
        assertEquals(List.of(), future.get().outcomes());
    }

    public void testABadQueryEndsTheCallAndClosesTheCandidates() {
        var bad = new PpmBackend.Source("q.mp4", new byte[] {1, 2, 3});
        var candidate = new PpmBackend.Source("v", PpmBackend.file(2, 9));
        var future =
                service.match(
                        new MatchCall("a", List.of(video(bad)), List.of(video(candidate)), MINUTE));
        threads.settle();
        assertFailed(future, Kind.BAD_INPUT, "[q.mp4] is not a P6 picture");
        assertEquals(1, candidate.closed);
        assertEquals(1, bad.closed);
    }

    public void testTwoQueriesDoNotShareABatch() {
        service.match(call("abc", video("v", 2, 9), video("w", 2, 9)));
        service.match(call("xyz", video("v", 2, 9)));
        threads.settle();
        assertEquals(List.of(List.of("..", ".."), List.of("..")), models.batches);
    }

    public void testAnEmbeddingDoesNotWaitForAllCandidates() {
        List<InputItem> candidates = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            candidates.add(video("v" + i, 2, 9));
        }
        models.onForward =
                () -> {
                    if (models.batches.size() == 1) {
                        service.embed(query("q"));
                    }
                };
        service.match(call("abc", candidates.toArray(InputItem[]::new)));
        threads.settle();
        assertEquals("it is the next but one", 2, models.batches.indexOf(List.of("q")));
        assertEquals(4, models.batches.size());
    }

    public void testMatchesTakeTurns() {
        List<InputItem> many = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            many.add(video("v" + i, 2, 9));
        }
        service.match(call("abc", many.toArray(InputItem[]::new)));
        service.match(call("xyz", video("w", 3, 9)));
        threads.settle();
        assertEquals(List.of(16, 1, 16, 8), models.batches.stream().map(List::size).toList());
    }

    public void testCancellingDropsTheCandidatesThatWait() {
        List<InputItem> candidates = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            candidates.add(video("v" + i, 2, 9));
        }
        var future = service.match(call("abc", candidates.toArray(InputItem[]::new)));
        models.onForward = () -> future.cancel(false);
        threads.settle();
        assertEquals("the batch that ran", 1, models.batches.size());
        assertTrue(future.isCancelled());
    }

    public void testTimeoutWhileBatchesRun() {
        models.onForward = () -> threads.advance(Duration.ofSeconds(61));
        var future = service.match(call("abc", video("v", 2, 9)));
        threads.settle();
        assertEquals(Kind.TIMEOUT, failure(future).kind());
    }
}
