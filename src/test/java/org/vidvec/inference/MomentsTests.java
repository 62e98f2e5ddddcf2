package org.vidvec.inference;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.vidvec.inference.InferenceException.Kind;
import org.vidvec.media.Windows;
import org.vidvec.model.EmbedInput.Role;
import org.vidvec.model.LongVideos;
import org.vidvec.model.ModelRecipe;
import org.vidvec.moments.Aggregate;

/** Windows of a video beside its own vector. */
public class MomentsTests extends InferenceTestCase {

    private static final Windows TWO_SECONDS = Windows.fixed(2);

    /** Three dark seconds, then two light ones. */
    private static byte[] film() {
        ByteArrayOutputStream film = new ByteArrayOutputStream();
        film.writeBytes(PpmBackend.file(3, 10));
        film.writeBytes(PpmBackend.file(2, 250));
        return film.toByteArray();
    }

    private static InputItem.Media media(byte[] file) {
        return video(new PpmBackend.Source("film", file));
    }

    private CompletableFuture<EmbedResult> ask(MomentsWanted wanted, InputItem item) {
        return service.embed(
                new EmbedCall(
                        "a",
                        List.of(item),
                        Role.DOCUMENT,
                        null,
                        null,
                        false,
                        wanted,
                        false,
                        MINUTE));
    }

    private EmbedResult answer(CompletableFuture<EmbedResult> asked) throws Exception {
        threads.settle();
        return asked.get();
    }

    private static MomentsWanted wanted(Windows windows, int max) {
        return new MomentsWanted(
                MomentsWanted.Kind.VIDEO, windows, max, "max_moments", true, false, null, 0);
    }

    private float[] vectorOf(byte[] file) throws Exception {
        return answer(ask(null, media(file))).vector();
    }

    public void testMomentsAreTheVectorsOfTheirFrames() throws Exception {
        EmbedResult result = answer(ask(wanted(TWO_SECONDS, 9), media(film())));
        assertArrayEquals(vectorOf(film()), result.vector(), 0);
        List<Moment> moments = result.moments();
        assertEquals(3, moments.size());
        assertEquals(0, moments.get(0).start(), 0);
        assertEquals(2, moments.get(0).end(), 0);
        assertEquals(4, moments.get(2).start(), 0);
        assertEquals("the last one is shorter", 5, moments.get(2).end(), 0);
        assertArrayEquals(vectorOf(PpmBackend.file(2, 10)), moments.get(0).vector(), 0);
        assertEquals(3, service.stats().models().get("a").embed().moments());
        assertEquals(
                "the video counts once", 3, service.stats().models().get("a").embed().videos());
    }

    public void testALongVideoTakesTheMaxOfItsWindows() throws Exception {
        MomentsWanted merged =
                new MomentsWanted(
                        MomentsWanted.Kind.VIDEO,
                        TWO_SECONDS,
                        9,
                        "max_moments",
                        false,
                        false,
                        Aggregate.MAX,
                        5);
        EmbedResult result = answer(ask(merged, media(film())));
        assertEquals("they were not asked for", List.of(), result.moments());
        List<float[]> windows =
                answer(ask(wanted(TWO_SECONDS, 9), media(film()))).moments().stream()
                        .map(Moment::vector)
                        .toList();
        assertArrayEquals(Aggregate.MAX.of(windows), result.vector(), 0);
        long before = service.stats().models().get("a").embed().moments();
        byte[] shorter = PpmBackend.file(4, 10);
        assertArrayEquals(vectorOf(shorter), answer(ask(merged, media(shorter))).vector(), 0);
        assertEquals(
                "no windows of a short one",
                before,
                service.stats().models().get("a").embed().moments());
    }

    /** VLM2Vec-V2's long videos: nobody asked for windows, the card did. */
    public void testTheCardHasLongVideosCutAndMerged() throws Exception {
        byte[] shorter = PpmBackend.file(4, 10);
        float[] whole = vectorOf(film());
        float[] short4 = vectorOf(shorter);
        List<float[]> windows =
                answer(ask(wanted(TWO_SECONDS, 9), media(film()))).moments().stream()
                        .map(Moment::vector)
                        .toList();
        ModelRecipe p = ModelRecipe.PLAIN;
        models.recipe =
                new ModelRecipe(
                        p.attention(),
                        p.pooling(),
                        p.query(),
                        p.document(),
                        p.moment(),
                        new LongVideos(5, 2, Aggregate.CENTROID),
                        p.calibration(),
                        "");
        EmbedResult merged = answer(ask(null, media(film())));
        assertArrayEquals(Aggregate.CENTROID.of(windows), merged.vector(), 0);
        assertEquals("they are not kept", List.of(), merged.moments());
        assertArrayEquals("not long", short4, vectorOf(shorter), 0);
        MomentsWanted none =
                new MomentsWanted(
                        MomentsWanted.Kind.VIDEO,
                        TWO_SECONDS,
                        9,
                        "max_moments",
                        false,
                        false,
                        null,
                        0);
        assertArrayEquals("not wanted", whole, answer(ask(none, media(film()))).vector(), 0);
    }

    public void testFramesOfEmbeddedWindowsAreHeldByNobody() throws Exception {
        InputItem film = media(PpmBackend.file(80, 10));
        CompletableFuture<EmbedResult> asked = ask(wanted(TWO_SECONDS, 99), film);
        while (models.batches.isEmpty()) {
            assertTrue(threads.decodeOne() || threads.inferOne());
            threads.advance(config().batching().maxWait());
        }
        assertFalse("the call goes on", asked.isDone());
        assertEquals("for the whole and for the windows", 2 * 80, media.read.size());
        int embedded = models.batches.get(0).size();
        assertHeld(8 + 80 - 2 * embedded);
        assertEquals(40, answer(asked).moments().size());
    }

    /** The model of these tests writes a dot for each frame. */
    public void testCaptionsAreOfTheFramesOfEachMoment() throws Exception {
        EmbedResult result = answer(ask(captioned(9), media(film())));
        assertEquals(
                List.of("..", "..", "."), result.moments().stream().map(Moment::caption).toList());
        assertArrayEquals(vectorOf(PpmBackend.file(2, 10)), result.moments().get(0).vector(), 0);
        InferenceStats.Write stats = service.stats().models().get("a").write();
        assertEquals(3, stats.texts());
        assertEquals(5, stats.tokens());
        assertNull(
                "only where they are asked for",
                answer(ask(wanted(TWO_SECONDS, 9), media(film()))).moments().get(0).caption());
    }

    public void testACaptionThatFailsFailsTheWholeCall() {
        models.onForward =
                () -> {
                    if (models.batches.size() > 1) {
                        throw new org.vidvec.model.ModelException(
                                org.vidvec.model.ModelException.Kind.INPUT, "writes nothing");
                    }
                };
        CompletableFuture<EmbedResult> asked = ask(captioned(9), media(film()));
        threads.settle();
        assertFailed(asked, Kind.BAD_INPUT, "writes nothing");
        assertEquals("all frames are given back", 0, service.stats().queue().frameBytes());
    }

    private static MomentsWanted captioned(int max) {
        return new MomentsWanted(
                MomentsWanted.Kind.VIDEO, TWO_SECONDS, max, "max_moments", true, true, null, 0);
    }

    public void testTooManyFailTheWholeCall() {
        CompletableFuture<EmbedResult> asked = ask(wanted(TWO_SECONDS, 2), media(film()));
        threads.settle();
        assertFailed(asked, Kind.BAD_INPUT, "[film] is over [max_moments]");
    }

    public void testAWindowThatTheModelRefusesFailsTheWholeCall() {
        models.onForward =
                () -> {
                    if (models.batches.size() > 1) {
                        throw new org.vidvec.model.ModelException(
                                org.vidvec.model.ModelException.Kind.INPUT, "too long");
                    }
                };
        CompletableFuture<EmbedResult> asked =
                ask(wanted(new Windows.Sliding(2, 1), 9), media(film()));
        threads.settle();
        assertTrue("one bad window must not be left out", asked.isCompletedExceptionally());
        assertFailed(asked, Kind.BAD_INPUT, "too long");
        assertEquals("all frames are given back", 0, service.stats().queue().frameBytes());
    }

    public void testAnImageHasNone() throws Exception {
        InputItem image =
                new InputItem.Media(
                        InputItem.Kind.IMAGE,
                        new PpmBackend.Source("picture", PpmBackend.file(1, 10)));
        assertEquals(List.of(), answer(ask(wanted(TWO_SECONDS, 9), image)).moments());
    }

    public void testAnAbandonedCallLeavesNothingBehind() {
        PpmBackend.Source source = new PpmBackend.Source("film", film());
        CompletableFuture<EmbedResult> asked = ask(wanted(TWO_SECONDS, 9), video(source));
        asked.cancel(true);
        threads.settle();
        assertEquals(1, source.closed);
    }
}
