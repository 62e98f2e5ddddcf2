package org.vidvec.media;

import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.test.ESTestCase;

/** Moments of a video: where they lie, which frames they have, and that none is decoded twice. */
public class WindowTests extends ESTestCase {

    private static final Sampling FOUR = new Sampling.Uniform(4);

    private final MediaBackend backend = new FfmpegBackend(MediaFiles.natives());

    private List<Window> windows(MediaSource source, Windows windows, Sampling sampling)
            throws MediaException {
        List<Window> found = new ArrayList<>();
        MediaInfo info =
                backend.windows(
                        source,
                        new WindowRequest(windows, sampling, 100),
                        MediaLimits.DEFAULT,
                        found::add);
        assertEquals("video", info.kind());
        return found;
    }

    /** 248 frames at 30 per second: 8.267 s. */
    public void testSlidingWindowsShareTheirFrames() throws Exception {
        List<Window> found =
                windows(
                        MediaFiles.source("video/tractor.webm"),
                        new Windows.Sliding(4, 2),
                        new Sampling.Uniform(200));
        assertEquals(
                List.of(0.0, 2.0, 4.0, 6.0), found.stream().map(Window::startSeconds).toList());
        assertEquals(4.0, found.get(0).endSeconds(), 0);
        assertEquals(8.267, found.get(3).endSeconds(), 2e-3);
        for (int i = 1; i < found.size(); i++) {
            for (Frame frame : found.get(i).frames()) {
                assertTrue(frame.timeSeconds() >= 2 * i - 1e-6);
                assertTrue(frame.timeSeconds() < 2 * i + 4);
            }
            List<Frame> before = found.get(i - 1).frames();
            assertEquals(120, before.size());
            // the same object, not the same picture decoded again
            assertSame(before.get(60), found.get(i).frames().get(0));
            assertSame(before.get(119), found.get(i).frames().get(59));
        }
    }

    public void testFramesAreThoseOfTheWholeVideo() throws Exception {
        for (String file :
                new String[] {
                    "video/dog-fetch.mp4", "video/pour-coffee.webm", "video/fruit-conveyor.gif"
                }) {
            Frame[] all = new Frame[301];
            for (Window window :
                    windows(MediaFiles.source(file), new Windows.Sliding(3, 1), FOUR)) {
                assertEquals(file, 4, window.frames().size());
                window.frames().forEach(f -> all[f.index()] = f);
            }
            List<Double> times = new ArrayList<>();
            for (Frame frame : all) {
                if (frame != null) {
                    times.add(frame.timeSeconds());
                }
            }
            Clip clip =
                    backend.read(
                            MediaFiles.source(file),
                            new Sampling.Timestamps(times),
                            MediaLimits.DEFAULT);
            assertEquals(file, times.size(), clip.frames().size());
            for (Frame frame : clip.frames()) {
                assertEquals(file, frame.timeSeconds(), all[frame.index()].timeSeconds(), 1e-9);
                assertArrayEquals(file, frame.rgb(), all[frame.index()].rgb());
            }
        }
    }

    /** Once for the packets and once for the frames, however many windows there are. */
    public void testOnePassHoweverManyWindows() throws Exception {
        try (FileSource file = new FileSource(MediaFiles.path("video/dog-fetch.mp4"))) {
            CountingSource counting = new CountingSource(new TrailedSource(file, 17 << 20));
            List<Window> found = windows(counting, new Windows.Sliding(2, 0.25), FOUR);
            assertEquals(32, found.size());
            assertTrue(counting.bytes + "", counting.bytes <= 2 * file.size() + (2 << 20));
        }
    }

    public void testFixedWindowsAndATimeStampWithoutFrame() throws Exception {
        // frames at 0, 0.1, 0.4 ... s, and one gap of more than a second
        List<Window> found = windows(MediaFiles.source("bad/vfr.mp4"), Windows.fixed(0.25), FOUR);
        for (int i = 1; i < found.size(); i++) {
            assertEquals(found.get(i - 1).endSeconds(), found.get(i).startSeconds(), 1e-9);
            assertFalse(found.get(i).frames().isEmpty());
        }
    }

    public void testShots() throws Exception {
        List<Window> found =
                windows(
                        MediaFiles.source("demo/tears-of-steel.ts"),
                        new Windows.Shots(0.5, 5),
                        new Sampling.Uniform(1));
        // from the cut at frame 309 to the end are 7.1 s
        double[] starts = {0, 52, 122, 158, 221, 309, 394.5};
        assertEquals(starts.length, found.size());
        for (int i = 0; i < starts.length; i++) {
            assertEquals(starts[i] / 24, found.get(i).startSeconds(), 1e-3);
        }
        assertEquals(20, found.get(6).endSeconds(), 1e-3);
        // shots below 2 s go with the next
        assertEquals(
                List.of(0.0, 2.167, 5.083, 9.208, 12.875),
                windows(
                                MediaFiles.source("demo/tears-of-steel.ts"),
                                new Windows.Shots(2, 10),
                                new Sampling.Uniform(1))
                        .stream()
                        .map(w -> Math.round(w.startSeconds() * 1000) / 1000.0)
                        .toList());
    }

    public void testRefusals() throws Exception {
        MediaException many =
                expectThrows(
                        MediaException.class,
                        () ->
                                windows(
                                        MediaFiles.source("video/dog-fetch.mp4"),
                                        Windows.fixed(0.01),
                                        FOUR));
        assertEquals(
                "[dog-fetch.mp4] gives [965] windows, which is more than the limit of [100] set by"
                        + " [max_moments]; take longer windows or raise the setting",
                many.getMessage());
        MediaException picture =
                expectThrows(
                        MediaException.class,
                        () -> windows(MediaFiles.source("image/cat.png"), Windows.fixed(5), FOUR));
        assertEquals(
                "[cat.png] has no windows, as it is a picture; embed it whole",
                picture.getMessage());
        assertEquals(
                "[stride] must be more than zero and at most [window], not [5.0s] with a [window]"
                        + " of [4.0s]",
                expectThrows(IllegalArgumentException.class, () -> new Windows.Sliding(4, 5))
                        .getMessage());
    }

    public void testDamagedVideoGivesTheWindowsThatDecode() throws Exception {
        List<Window> found =
                windows(MediaFiles.source("bad/cut-mid-mdat.mp4"), Windows.fixed(1.5), FOUR);
        // 147 frames decode: 4.9 of 9.6 s
        assertEquals(4, found.size());
    }
}
