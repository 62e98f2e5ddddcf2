package org.vidvec.media;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.natives.NativeLibraries;

/** How decoding behaves: in parallel, over ranges, and where its libraries are missing. */
public class DecodingTests extends ESTestCase {

    private static final Sampling EIGHT = new Sampling.Uniform(8);

    private final FfmpegBackend backend = new FfmpegBackend(MediaFiles.natives());

    public void testManyAtOnceGiveTheSameAsOne() throws Exception {
        List<String> files = new ArrayList<>();
        List<Clip> alone = new ArrayList<>();
        // more than the ten native callbacks that JavaCPP has of a kind
        for (int i = 0; i < 12; i++) {
            String file = i % 2 == 0 ? "video/dog-fetch.mp4" : "video/tractor.webm";
            files.add(file);
            alone.add(backend.read(MediaFiles.source(file), EIGHT, MediaLimits.DEFAULT));
        }
        ExecutorService threads = Executors.newFixedThreadPool(files.size());
        try {
            List<Future<Clip>> together = new ArrayList<>();
            for (String file : files) {
                together.add(
                        threads.submit(
                                () ->
                                        backend.read(
                                                MediaFiles.source(file),
                                                EIGHT,
                                                MediaLimits.DEFAULT)));
            }
            for (int i = 0; i < files.size(); i++) {
                assertSame(files.get(i), alone.get(i), together.get(i).get());
            }
        } finally {
            terminate(threads);
        }
    }

    private static void assertSame(String file, Clip expected, Clip actual) {
        assertEquals(file, expected.info(), actual.info());
        assertEquals(file, expected.frames().size(), actual.frames().size());
        for (int i = 0; i < expected.frames().size(); i++) {
            assertArrayEquals(file, expected.frames().get(i).rgb(), actual.frames().get(i).rgb());
        }
    }

    public void testSmallFileIsReadOnce() throws Exception {
        Path file = MediaFiles.path("video/flower-fragmented.mp4");
        try (FileSource source = new FileSource(file)) {
            CountingSource counting = new CountingSource(source);
            backend.read(counting, EIGHT, MediaLimits.DEFAULT);
            assertTrue(
                    counting.bytes + " of " + source.size(),
                    counting.bytes <= source.size() + 4096);
        }
    }

    public void testLargeFileIsReadTwiceAtMost() throws Exception {
        try (FileSource file = new FileSource(MediaFiles.path("demo/bunny-720p.mp4"))) {
            MediaSource large = new TrailedSource(file, 17 << 20);
            CountingSource counting = new CountingSource(large);
            Clip clip = backend.read(counting, EIGHT, MediaLimits.DEFAULT);
            assertEquals(8, clip.frames().size());
            // once for the packets, once for the frames, and the buffers at their ends
            assertTrue(counting.bytes + "", counting.bytes <= 2 * file.size() + (2 << 20));
            assertTrue(counting.reads + "", counting.reads < 40);
        }
    }

    /** What is left out between wanted frames changes none of them. */
    public void testWantedFramesAreTheSameWhateverLiesBetweenThem() throws Exception {
        checkLeftOut("video/dog-fetch.mp4", 29.97, 100);
        checkLeftOut("video/cup-shuffle.mp4", 29.97, 100);
        checkLeftOut("demo/elf-figurine.mkv", 30, 60);
        checkLeftOut("demo/tears-of-steel.ts", 24, 200);
        checkLeftOut("video/counting.mp4", 30, 60);
    }

    private void checkLeftOut(String file, double rate, int from) throws Exception {
        List<Double> all = new ArrayList<>();
        List<Double> few = new ArrayList<>();
        for (int i = from; i < from + 100; i++) {
            all.add((i + 0.5) / rate);
            if (i % 9 == 0) {
                few.add((i + 0.5) / rate);
            }
        }
        BytesSource source = MediaFiles.source(file);
        Clip whole = backend.read(source, new Sampling.Timestamps(all), MediaLimits.DEFAULT);
        Clip part = backend.read(source, new Sampling.Timestamps(few), MediaLimits.DEFAULT);
        assertEquals(file, 100, whole.frames().size());
        assertEquals(file, few.size(), part.frames().size());
        for (Frame frame : part.frames()) {
            Frame same = whole.frames().get(frame.index() - whole.frames().get(0).index());
            assertEquals(frame.index(), same.index());
            assertArrayEquals(file + " frame " + frame.index(), same.rgb(), frame.rgb());
        }
    }

    /**
     * Found by {@code bench fuzz-media --seed 20261122}: what was closed was asked for its name.
     */
    public void testDecoderThatRefusesTheFile() throws Exception {
        byte[] file = MediaFiles.bytes("video/cup-shuffle.mp4");
        int header = new String(file, StandardCharsets.ISO_8859_1).indexOf("hvcC") + 4;
        Arrays.fill(file, header + 23, header + 100, (byte) 0xff);
        for (MediaBackend way :
                List.of(backend, FfmpegBackend.forLargeFiles(MediaFiles.natives()))) {
            MediaException e =
                    expectThrows(
                            MediaException.class,
                            () ->
                                    way.read(
                                            new BytesSource("cup-shuffle.mp4", file),
                                            new Sampling.Shots(1, 8),
                                            MediaLimits.DEFAULT));
            assertEquals(
                    "could not decode [cup-shuffle.mp4]: the decoder of [hevc] refuses this file",
                    e.getMessage());
        }
    }

    public void testMissingLibrariesAreNamed() throws Exception {
        MediaBackend missing = new FfmpegBackend(new NativeLibraries(createTempDir()));
        BytesSource clip = MediaFiles.source("bad/vfr.mp4");
        MediaException e =
                expectThrows(
                        MediaException.class, () -> missing.read(clip, EIGHT, MediaLimits.DEFAULT));
        assertEquals(MediaException.Reason.DECODER, e.reason());
        assertTrue(
                e.getMessage(),
                e.getMessage().startsWith("FFmpeg is not available: no native libraries [ffmpeg]"));
    }

    public void testFramesOfAClipFitTheHeap() throws Exception {
        // 132 frames of 1280 x 720 would take 365 MB
        Clip clip =
                backend.read(
                        MediaFiles.source("demo/bunny-720p.mp4"),
                        new Sampling.Fps(25, 512),
                        MediaLimits.DEFAULT);
        assertEquals(132, clip.frames().size());
        long bytes = clip.frames().stream().mapToLong(f -> f.rgb().length).sum();
        assertTrue(bytes + "", bytes < FfmpegBackend.CLIP_BYTES * 1.01);
        assertTrue(bytes + "", bytes > FfmpegBackend.CLIP_BYTES * 0.97);
    }
}
