package org.vidvec.sidecar;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.BytesSource;
import org.vidvec.media.Clip;
import org.vidvec.media.Frame;
import org.vidvec.media.MediaBackend;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaException.Reason;
import org.vidvec.media.MediaFiles;
import org.vidvec.media.MediaInfo;
import org.vidvec.media.MediaLimits;
import org.vidvec.media.MediaReader;
import org.vidvec.media.MediaSource;
import org.vidvec.media.Sampling;
import org.vidvec.media.Window;
import org.vidvec.media.WindowRequest;
import org.vidvec.media.Windows;

/** A decoder behind a socket gives what the one in this process gives, and fails file by file. */
public class SidecarTests extends ESTestCase {

    private static final MediaLimits LIMITS = MediaLimits.DEFAULT;

    private final MediaBackend inProcess = new MediaReader(MediaFiles.natives());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Path folder;
    private Path socket;
    private DecoderServer server;
    private MediaBackend sidecar;

    @Override
    public void setUp() throws Exception {
        super.setUp();
        // a socket's path has at most 107 bytes
        folder = Files.createTempDirectory(Path.of("/tmp"), "vidvec");
        socket = folder.resolve("decoder.sock");
        sidecar = new SidecarBackend(socket);
    }

    @Override
    public void tearDown() throws Exception {
        if (server != null) {
            server.close();
        }
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        Files.deleteIfExists(socket);
        Files.delete(folder);
        super.tearDown();
    }

    private void start(int decodes) throws IOException {
        server = new DecoderServer(socket, inProcess, decodes);
        threads.submit(
                () -> {
                    server.run();
                    return null;
                });
    }

    public void testSameFramesForEverySampling() throws Exception {
        start(2);
        Sampling[] samplings = {
            new Sampling.Uniform(3),
            new Sampling.Fps(2, 9),
            new Sampling.Spread(1, 2, 5),
            new Sampling.Stride(1, 4, 8, 2),
            new Sampling.Timestamps(List.of(0.5, 1.25)),
            new Sampling.Shots(1, 4)
        };
        for (Sampling sampling : samplings) {
            assertSame(sampling, "video/counting.mp4");
        }
        for (String file :
                new String[] {"image/cat.png", "bad/javascript.pdf", "video/worker-zone.webp"}) {
            assertSame(new Sampling.Uniform(2), file);
        }
    }

    private void assertSame(Sampling sampling, String file) throws Exception {
        Clip expected = inProcess.read(source(file), sampling, LIMITS);
        Clip actual = sidecar.read(source(file), sampling, LIMITS);
        assertEquals(expected.info(), actual.info());
        assertSame(expected.frames(), actual.frames());
    }

    private static void assertSame(List<Frame> expected, List<Frame> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i).index(), actual.get(i).index());
            assertEquals(expected.get(i).timeSeconds(), actual.get(i).timeSeconds(), 0);
            assertEquals(expected.get(i).width(), actual.get(i).width());
            assertArrayEquals(expected.get(i).rgb(), actual.get(i).rgb());
        }
    }

    public void testSameWindows() throws Exception {
        start(1);
        for (Windows windows : new Windows[] {new Windows.Sliding(3, 1), new Windows.Shots(1, 4)}) {
            WindowRequest request = new WindowRequest(windows, new Sampling.Uniform(4), 100);
            List<Window> expected = new ArrayList<>();
            List<Window> actual = new ArrayList<>();
            MediaSource file = source("video/counting.mp4");
            MediaInfo info = inProcess.windows(file, request, LIMITS, expected::add);
            assertEquals(info, sidecar.windows(file, request, LIMITS, actual::add));
            assertEquals(expected.size(), actual.size());
            for (int i = 0; i < expected.size(); i++) {
                assertEquals(expected.get(i).startSeconds(), actual.get(i).startSeconds(), 0);
                assertEquals(expected.get(i).endSeconds(), actual.get(i).endSeconds(), 0);
                assertSame(expected.get(i).frames(), actual.get(i).frames());
            }
        }
    }

    public void testSameRefusals() throws Exception {
        start(1);
        for (String file : new String[] {"bad/text.mp4", "bad/no-moov.mp4", "bad/password.pdf"}) {
            MediaException expected = refusal(inProcess, source(file));
            MediaException actual = refusal(sidecar, source(file));
            assertEquals(expected.reason(), actual.reason());
            assertEquals(expected.getMessage(), actual.getMessage());
        }
        MediaException e =
                refusal(
                        sidecar,
                        acting(
                                "video/dog-fetch.mp4",
                                () -> {
                                    throw new IOException("connection reset");
                                }));
        assertEquals(Reason.UNREADABLE, e.reason());
        assertEquals("could not read [dog-fetch.mp4]: connection reset", e.getMessage());
    }

    public void testNoDecoderIsNamed() {
        MediaException e = refusal(sidecar, new BytesSource("a.mp4", new byte[9]));
        assertEquals(Reason.DECODER, e.reason());
        assertTrue(
                e.getMessage(),
                e.getMessage()
                        .startsWith("could not decode [a.mp4]: there is no decoder at [" + socket));
    }

    /** The second file is asked for while the first one is read: there is no other order. */
    public void testBusyDecoderSaysTryAgain() throws Exception {
        start(1);
        MediaException[] second = new MediaException[1];
        sidecar.read(
                acting(
                        "image/cat.png",
                        () -> second[0] = refusal(sidecar, source("image/cat.png"))),
                new Sampling.Uniform(1),
                LIMITS);
        assertEquals(Reason.BUSY, second[0].reason());
        assertEquals(
                "could not decode [cat.png] now: the decoder has its hands full; try again, or"
                        + " start it with more [--threads]",
                second[0].getMessage());
    }

    public void testCodecsTravel() throws Exception {
        start(1);
        MediaLimits videos =
                new MediaLimits(
                        LIMITS.maxBytes(),
                        LIMITS.maxDuration(),
                        LIMITS.maxPixels(),
                        LIMITS.maxFrames(),
                        LIMITS.timeout(),
                        LIMITS.maxPages(),
                        LIMITS.dpi(),
                        LIMITS.maxMemory(),
                        List.of("h264", "vp9"));
        MediaException e =
                expectThrows(
                        MediaException.class,
                        () ->
                                sidecar.read(
                                        source("image/cat.png"), new Sampling.Uniform(1), videos));
        assertEquals(Reason.UNSUPPORTED, e.reason());
        assertTrue(
                e.getMessage(),
                e.getMessage().contains("unsupported codec [png]: it is none of [h264, vp9]"));
    }

    public void testDecoderThatHangsIsGivenUp() throws Exception {
        try (ServerSocketChannel deaf = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            deaf.bind(UnixDomainSocketAddress.of(socket));
            MediaLimits none =
                    new MediaLimits(1 << 20, Duration.ofHours(1), 1 << 20, 8, Duration.ZERO);
            MediaBackend impatient = new SidecarBackend(socket, Duration.ofMillis(50));
            MediaException e =
                    expectThrows(
                            MediaException.class,
                            () ->
                                    impatient.read(
                                            source("image/cat.png"),
                                            new Sampling.Uniform(1),
                                            none));
            assertEquals(Reason.OVER_LIMIT, e.reason());
            assertTrue(e.getMessage(), e.getMessage().contains("[vidvec.media.decode_timeout]"));
        }
    }

    public void testInterruptEndsTheWait() throws Exception {
        start(1);
        MediaSource interrupting =
                acting("image/cat.png", () -> Thread.currentThread().interrupt());
        MediaException e = refusal(sidecar, interrupting);
        assertTrue(Thread.interrupted());
        assertEquals("decoding [cat.png] was cancelled", e.getMessage());
    }

    public void testOneDecoderPerSocket() throws Exception {
        start(1);
        expectThrows(
                FileAlreadyExistsException.class, () -> new DecoderServer(socket, inProcess, 1));
        Path file = folder.resolve("a.txt");
        Files.writeString(file, "a");
        expectThrows(FileAlreadyExistsException.class, () -> new DecoderServer(file, inProcess, 1));
        assertEquals("a", Files.readString(file));
        Files.delete(file);
    }

    /** The process is killed while it waits for bytes of the file: in the middle for certain. */
    public void testKilledDecoderFailsItsFileAndTheNextOneTakesOver() throws Exception {
        Process first = process();
        MediaSource killing = acting("video/dog-fetch.mp4", () -> kill(first));
        MediaException e = refusal(sidecar, killing);
        assertEquals(Reason.DECODER, e.reason());
        assertTrue(
                e.getMessage(),
                e.getMessage()
                        .startsWith(
                                "could not decode [dog-fetch.mp4]: the decoder at ["
                                        + socket
                                        + "] failed: it ended while it had this file in hand"));
        assertEquals(Reason.DECODER, refusal(sidecar, source("image/cat.png")).reason());
        // what the dead one left behind is no obstacle
        Process second = process();
        assertSame(new Sampling.Uniform(8), "video/dog-fetch.mp4");
        kill(second);
    }

    private static void kill(Process process) throws IOException {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** {@code vidvec decoder} in a process of its own, once it listens. */
    private Process process() throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-Dvidvec.native.dir=" + System.getProperty("vidvec.native.dir"),
                                "--enable-native-access=ALL-UNNAMED",
                                "org.vidvec.cli.Vidvec",
                                "decoder",
                                "--socket",
                                socket.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String line = process.inputReader().readLine();
        assertTrue(line, line.startsWith("decoding at [" + socket + "]"));
        return process;
    }

    private static MediaException refusal(MediaBackend backend, MediaSource source) {
        return expectThrows(
                MediaException.class, () -> backend.read(source, new Sampling.Uniform(8), LIMITS));
    }

    private static BytesSource source(String file) throws IOException {
        return new BytesSource(file.substring(file.lastIndexOf('/') + 1), MediaFiles.bytes(file));
    }

    /** Something that may fail. */
    private interface Action {
        void run() throws IOException;
    }

    /** A file that does something else whenever it is read. */
    private static MediaSource acting(String file, Action action) throws IOException {
        BytesSource bytes = source(file);
        return new MediaSource() {
            @Override
            public String name() {
                return bytes.name();
            }

            @Override
            public long size() {
                return bytes.size();
            }

            @Override
            public int read(long position, byte[] target, int offset, int length)
                    throws IOException {
                action.run();
                return bytes.read(position, target, offset, length);
            }
        };
    }
}
