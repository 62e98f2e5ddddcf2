package org.vidvec.media;

import java.util.Arrays;
import java.util.List;
import org.elasticsearch.test.ESTestCase;

/** Hard cuts are found to the frame, and nothing else is one. */
public class ShotTests extends ESTestCase {

    private static int[] cuts(double... differences) {
        ShotDetector detector = new ShotDetector();
        Arrays.stream(differences).forEach(detector::add);
        return detector.cuts();
    }

    public void testAPeakIsACut() {
        assertArrayEquals(new int[] {4}, cuts(0, 2, 2, 2, 60, 2, 2, 2));
        assertArrayEquals(new int[] {1}, cuts(0, 60, 2, 2));
        assertArrayEquals(new int[0], cuts(0));
        assertArrayEquals(new int[0], cuts());
    }

    public void testFastMotionIsNone() {
        // all frames differ as much as neighbours of a cut do
        assertArrayEquals(new int[0], cuts(0, 40, 45, 40, 60, 45, 50, 40, 45));
        // a jump that changes little of the picture
        assertArrayEquals(new int[0], cuts(0, 1, 1, 20, 1, 1, 1));
    }

    public void testACutOverTwoFramesCountsOnce() {
        assertArrayEquals(new int[] {6}, cuts(0, 1, 1, 1, 1, 40, 80, 1, 1, 1, 1));
    }

    /** Cuts of the manifest's "moments", which are given to the frame. */
    public void testRealCuts() throws Exception {
        // moments end at 2.1, 5.0, 6.5, 9.1 and 12.8 s, others begin a frame later; 24 per second
        assertArrayEquals(new int[] {52, 122, 158, 221, 309}, scan("demo/tears-of-steel.ts"));
        // 8.08 s at 25 per second; a fade at 5.2 s is none
        assertArrayEquals(new int[] {202}, scan("demo/webb-mirror.mp4"));
        // one shot each
        assertArrayEquals(new int[0], scan("video/dog-fetch.mp4"));
        assertArrayEquals(new int[0], scan("video/fruit-conveyor.gif"));
    }

    private static int[] scan(String file) throws Exception {
        BytesSource source = MediaFiles.source(file);
        FfmpegLibraries.load(MediaFiles.natives());
        Deadline deadline = new Deadline(file, MediaLimits.DEFAULT.timeout());
        VideoFile video =
                new VideoFile(
                        source, FileKind.of(source), MediaLimits.DEFAULT, deadline, true, true);
        try (ScannedVideo scanned = ScannedVideo.of(video.open(), video)) {
            return ShotScan.of(scanned).cuts();
        }
    }

    public void testOneFrameFromTheMiddleOfEachShot() throws Exception {
        Clip clip =
                new FfmpegBackend(MediaFiles.natives())
                        .read(
                                MediaFiles.source("demo/tears-of-steel.ts"),
                                new Sampling.Shots(1, 100),
                                MediaLimits.DEFAULT);
        // 480 frames
        assertEquals(
                List.of(26, 87, 140, 189, 265, 394),
                clip.frames().stream().map(Frame::index).toList());
    }

    public void testSeveralFramesOfAShotAndAtMostSoMany() {
        assertArrayEquals(
                new int[] {2, 7, 12, 17},
                FramePlan.perShot(new Sampling.Shots(2, 100), new int[] {10}, 20));
        assertArrayEquals(
                new int[] {2, 7, 17},
                FramePlan.perShot(new Sampling.Shots(2, 3), new int[] {10}, 20));
        // a shot of one frame
        assertArrayEquals(
                new int[] {0, 1, 2},
                FramePlan.perShot(new Sampling.Shots(2, 100), new int[] {1}, 3));
    }
}
