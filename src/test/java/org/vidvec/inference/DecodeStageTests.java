package org.vidvec.inference;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.vidvec.inference.InferenceException.Kind;
import org.vidvec.media.Sampling;
import org.vidvec.model.EmbedInput.Role;

public class DecodeStageTests extends InferenceTestCase {

    // 2 x 1 pixels of three bytes
    private static final int FRAME_BYTES = 6;

    private CompletableFuture<EmbedResult> embed(Role role, InputItem... items) {
        return service.embed(embed("a", role, MINUTE, items));
    }

    public void testVideosAreSampledAsTheModelAsksOrTheCall() throws Exception {
        var own = embed(Role.DOCUMENT, video("v.ppm", 20, 9));
        var asked =
                service.embed(
                        new EmbedCall(
                                "a",
                                List.of(video("v.ppm", 20, 9)),
                                Role.DOCUMENT,
                                null,
                                new Sampling.Uniform(3),
                                false,
                                MINUTE));
        threads.settle();
        assertEquals(8, own.get().media().framesSampled());
        assertEquals(3, asked.get().media().framesSampled());
        assertEquals(20, own.get().media().info().durationSeconds(), 0);
        assertNull("not asked for", own.get().media().strip());
        assertEquals(2, service.stats().models().get("a").embed().videos());
        InferenceStats.Decode decode = service.stats().decode();
        assertEquals(2, decode.files());
        assertEquals(40, decode.seconds(), 0);
        assertEquals(11, decode.frames());
    }

    public void testTheDigestIsThatOfTheFile() throws Exception {
        byte[] file = PpmBackend.file(5, 77);
        var source = new PpmBackend.Source("v.ppm", file);
        var future = embed(Role.DOCUMENT, new InputItem.Text("t"), video(source));
        threads.settle();
        assertEquals(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file)),
                future.get().media().sha256());
        assertEquals(1, source.closed);
        assertEquals("text and five frames", 6, future.get().tokens());
    }

    public void testAPictureIsAnImage() throws Exception {
        var source = new PpmBackend.Source("p.ppm", PpmBackend.file(1, 77));
        var future = embed(Role.DOCUMENT, new InputItem.Media(InputItem.Kind.IMAGE, source));
        threads.settle();
        assertEquals("image", future.get().media().info().kind());
        assertEquals(1, service.stats().models().get("a").embed().images());
    }

    public void testAFileOfAnotherTypeThanSaidIsRefused() {
        var image = embed(Role.DOCUMENT, video("p.ppm", 1, 77));
        var source = new PpmBackend.Source("v.ppm", PpmBackend.file(2, 77));
        var film = embed(Role.DOCUMENT, new InputItem.Media(InputItem.Kind.IMAGE, source));
        threads.settle();
        assertFailed(
                image,
                Kind.BAD_INPUT,
                "[p.ppm] is of type [image] (codec [ppm]), not [video]; set its [type] to [image]");
        assertFailed(
                film,
                Kind.BAD_INPUT,
                "[v.ppm] is of type [video] (codec [ppm]), not [image]; set its [type] to [video]");
        assertEquals(1, source.closed);
    }

    public void testAFileThatIsNoMediaFailsItsCallAloneAndIsCounted() throws Exception {
        var text = new PpmBackend.Source("notes.mp4", "just some words".getBytes("UTF-8"));
        var bad = embed(Role.DOCUMENT, video(text));
        var good = embed(Role.DOCUMENT, video("v.ppm", 2, 9));
        threads.settle();
        assertFailed(bad, Kind.BAD_INPUT, "[notes.mp4] is not a P6 picture");
        assertEquals(2, good.get().tokens());
        assertEquals(1, text.closed);
        assertEquals(Map.of("not_media", 1L), service.stats().decode().failedByReason());
        assertEquals(1, service.stats().decode().failed());
    }

    public void testQueriesAreDecodedFirst() {
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            embed(Role.DOCUMENT, named("d" + i, order));
        }
        threads.inferOne();
        assertEquals("as many at once as there are threads", 2, threads.waitingToDecode());
        embed(Role.QUERY, named("q", order));
        threads.settle();
        assertEquals(List.of("d0", "d1", "q", "d2"), order);
    }

    /** A source that tells when it is first read. */
    private static InputItem.Media named(String name, List<String> order) {
        return video(
                new PpmBackend.Source(name, PpmBackend.file(2, 1)) {
                    @Override
                    public long size() {
                        if (!order.contains(name)) {
                            order.add(name);
                        }
                        return super.size();
                    }
                });
    }

    public void testDecodingWaitsWhileFramesAreOverTheirBudget() throws Exception {
        service = service(config(new InferenceConfig.Memory(1000, 20 * FRAME_BYTES, 0)));
        // the first tells how large they are
        embed(Role.DOCUMENT, video("v", 8, 1));
        threads.settle();
        List<CompletableFuture<EmbedResult>> futures = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            futures.add(embed(Role.DOCUMENT, video("v" + i, 8, 1)));
        }
        threads.run();
        assertEquals("two of eight fit into 20", 0, threads.waitingToDecode());
        assertEquals(3, service.stats().decode().files());
        assertEquals(16 * FRAME_BYTES, service.stats().queue().frameBytes());
        assertEquals(16 * FRAME_BYTES, breaker.getUsed());
        threads.settle();
        threads.settle();
        for (var future : futures) {
            assertEquals(8, future.get().tokens());
        }
    }

    public void testAFileLargerThanTheBudgetIsDecodedAlone() throws Exception {
        service = service(config(new InferenceConfig.Memory(1000, FRAME_BYTES, 0)));
        var one = embed(Role.DOCUMENT, video("v", 8, 1));
        var two = embed(Role.DOCUMENT, video("w", 8, 1));
        threads.settle();
        threads.settle();
        assertEquals(8, one.get().tokens());
        assertEquals(8, two.get().tokens());
    }

    public void testSourcesOfCallsThatNeverDecodeAreClosedOnce() {
        var cancelled = new PpmBackend.Source("c", PpmBackend.file(2, 1));
        embed(Role.DOCUMENT, video(cancelled)).cancel(false);
        assertEquals("while the model loads", 1, cancelled.closed);
        threads.settle();
        var waiting = new PpmBackend.Source("w", PpmBackend.file(2, 1));
        embed(Role.DOCUMENT, video(waiting)).cancel(false);
        assertEquals("while a thread is awaited", 1, waiting.closed);
        threads.settle();
        assertEquals(1, waiting.closed);
        var unknown = new PpmBackend.Source("u", PpmBackend.file(2, 1));
        service.embed(embed("nope", Role.DOCUMENT, MINUTE, video(unknown)));
        threads.settle();
        assertEquals(1, unknown.closed);
        service.close();
        var late = new PpmBackend.Source("l", PpmBackend.file(2, 1));
        embed(Role.DOCUMENT, video(late));
        assertEquals(1, late.closed);
        assertEquals(0, service.stats().decode().files());
    }

    public void testADecodeOfAnAbandonedCallEndsAtItsNextRead() {
        List<CompletableFuture<EmbedResult>> call = new ArrayList<>();
        var source =
                new PpmBackend.Source("v", PpmBackend.file(2, 1)) {
                    @Override
                    public int read(long position, byte[] target, int offset, int length)
                            throws IOException {
                        call.get(0).cancel(false);
                        return super.read(position, target, offset, 1);
                    }
                };
        call.add(embed(Role.DOCUMENT, video(source)));
        threads.settle();
        assertEquals(1, source.closed);
        assertEquals("nobody's failure", 0, service.stats().decode().failed());
        assertEquals(List.of(), models.batches);
    }

    public void testASourceThatCannotBeReadIsToldSo() {
        var future = embed(Role.DOCUMENT, video(PpmBackend.broken("v")));
        threads.settle();
        assertFailed(future, Kind.UNREADABLE, "could not read [v]: connection reset");
    }

    public void testFramesThatAreNoStripAreRefusedAndNotCountedAsFiles() {
        var future = embed(Role.DOCUMENT, new InputItem.Frames("vidvec.frames", new byte[3]));
        threads.settle();
        assertEquals(Kind.BAD_INPUT, failure(future).kind());
        assertTrue(failure(future).getMessage().contains("[vidvec.frames]"));
        assertEquals(0, service.stats().decode().failed());
    }

    public void testNoDecodeThreadTakesWork() {
        service.embed(query("load"));
        threads.settle();
        threads.stop();
        var source = new PpmBackend.Source("v", PpmBackend.file(2, 1));
        var future = service.embed(embed("a", Role.DOCUMENT, MINUTE, video(source)));
        assertEquals(Kind.UNAVAILABLE, failure(future).kind());
        assertEquals(1, source.closed);
    }
}
