package org.vidvec.media;

import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.test.ESTestCase;

/**
 * Windows of shots come from the pass that finds the cuts, and are those that a second pass finds
 * once all cuts are known.
 */
public class OpenShotTests extends ESTestCase {

    private static final int FRAMES = 4;

    // what a second pass takes: the frames of two windows, a decoded picture, its copy
    private static final int LEAST_BYTES_PER_PIXEL = 2 * 3 * FRAMES + 8;

    private final MediaBackend backend = new FfmpegBackend(MediaFiles.natives());

    private record Found(List<Window> windows, MediaInfo info) {}

    private Found windows(MediaSource source, Windows.Shots shots, Sampling sampling, long memory)
            throws MediaException {
        MediaLimits all = MediaLimits.DEFAULT;
        MediaLimits limits =
                new MediaLimits(
                        all.maxBytes(),
                        all.maxDuration(),
                        all.maxPixels(),
                        all.maxFrames(),
                        all.timeout(),
                        all.maxPages(),
                        all.dpi(),
                        memory);
        List<Window> found = new ArrayList<>();
        MediaInfo info =
                backend.windows(
                        source, new WindowRequest(shots, sampling, 100), limits, found::add);
        return new Found(found, info);
    }

    public void testOnePassFindsWhatTwoFind() throws Exception {
        for (String file :
                new String[] {
                    "demo/tears-of-steel.ts",
                    "demo/webb-mirror.mp4",
                    "video/dog-fetch.mp4",
                    "video/fruit-conveyor.gif",
                    "made/half.mov",
                    "bad/vfr.mp4",
                    "bad/cut-mid-mdat.mp4"
                }) {
            assertSameInEachMemory(file, new Windows.Shots(0.5, 5), new Sampling.Uniform(FRAMES));
        }
        String cut = "demo/webb-mirror.mp4";
        assertSameInEachMemory(cut, new Windows.Shots(2, 10), new Sampling.Fps(1, FRAMES));
        assertSameInEachMemory(cut, new Windows.Shots(0, 1), new Sampling.Uniform(1));
    }

    private void assertSameInEachMemory(String file, Windows.Shots shots, Sampling sampling)
            throws Exception {
        MediaSource source = MediaFiles.source(file);
        Found one = windows(source, shots, sampling, 256 << 20);
        long pixels = (long) one.info.width() * one.info.height();
        // none of the shots, and some of them
        for (int bytesPerPixel : new int[] {LEAST_BYTES_PER_PIXEL, LEAST_BYTES_PER_PIXEL + 208}) {
            Found two = windows(source, shots, sampling, bytesPerPixel * pixels);
            assertEquals(file, two.info, one.info);
            assertEquals(file, two.windows.size(), one.windows.size());
            for (int i = 0; i < one.windows.size(); i++) {
                assertSame(file + i, two.windows.get(i), one.windows.get(i));
            }
        }
    }

    private static void assertSame(String of, Window expected, Window window) {
        assertEquals(of, expected.startSeconds(), window.startSeconds(), 1e-9);
        assertEquals(of, expected.endSeconds(), window.endSeconds(), 1e-9);
        assertEquals(of, expected.frames().size(), window.frames().size());
        for (int i = 0; i < window.frames().size(); i++) {
            Frame frame = window.frames().get(i);
            assertEquals(of, expected.frames().get(i).index(), frame.index());
            assertEquals(of, expected.frames().get(i).timeSeconds(), frame.timeSeconds(), 1e-9);
            assertArrayEquals(of, expected.frames().get(i).rgb(), frame.rgb());
        }
    }

    /** What is read of a file that is not kept: its header, and its media once or twice. */
    public void testTheFileIsReadOnce() throws Exception {
        Windows.Shots shots = new Windows.Shots(0.5, 5);
        Sampling sampling = new Sampling.Fps(4, 100);
        try (FileSource file = new FileSource(MediaFiles.path("demo/webb-mirror.mp4"))) {
            CountingSource once = new CountingSource(new TrailedSource(file, 17 << 20));
            Found found = windows(once, shots, sampling, 256 << 20);
            assertEquals(3, found.windows.size());
            CountingSource twice = new CountingSource(new TrailedSource(file, 17 << 20));
            long pixels = (long) found.info.width() * found.info.height();
            windows(twice, shots, sampling, 200 * pixels);
            assertTrue(once.bytes + "", once.bytes < 1.5 * file.size());
            assertTrue(twice.bytes + "", twice.bytes > 1.5 * file.size());
        }
    }

    /** More windows than allowed are counted to the end before the video is refused. */
    public void testTooManyShots() throws Exception {
        MediaException e =
                expectThrows(
                        MediaException.class,
                        () ->
                                backend.windows(
                                        MediaFiles.source("demo/tears-of-steel.ts"),
                                        new WindowRequest(
                                                new Windows.Shots(0.5, 5),
                                                new Sampling.Uniform(1),
                                                3),
                                        MediaLimits.DEFAULT,
                                        w -> {}));
        assertTrue(e.getMessage(), e.getMessage().contains("gives [7] windows"));
    }
}
