package org.vidvec.media;

import java.util.List;
import org.elasticsearch.test.ESTestCase;

/**
 * Unusual files that have to work: number of frames, time of the last one and colours as PyAV 18.1
 * decodes them ({@code to_ndarray(format="rgb24")}), times from the first frame; sizes upright.
 * Each in the ways for small files and in those for large ones.
 */
public class OddVideosTests extends ESTestCase {

    // not to the millisecond where a file has no times and its rate is guessed
    private static final double SECONDS = 2e-3;
    private static final double LEVELS = 1.5;

    private static final MediaBackend USUAL = new FfmpegBackend(MediaFiles.natives());
    private static final MediaBackend LARGE = FfmpegBackend.forLargeFiles(MediaFiles.natives());

    public void testRotation() throws Exception {
        check("rotated-90.mp4", 60, 1.9686, 180, 320);
        check("rotated-270-real.mov", 3, 0.0667, 320, 568);
    }

    public void testOddSizesDeepColoursAndInterlacing() throws Exception {
        check("odd-33x17.mp4", 25, 1.92, 33, 17, 116.45, 116.72, 116.70);
        check("hevc-10bit.mp4", 30, 0.9667, 200, 200, 113.65, 117.60, 125.62);
        check("interlaced-tff.ts", 50, 1.96, 320, 240, 184.28, 176.82, 166.46);
    }

    /** Alpha is dropped, as the references' decoders do it. */
    public void testAlpha() throws Exception {
        check("alpha-vp9.webm", 150, 4.967, 200, 200, 1.57, 0.01, 0.04);
    }

    public void testTimes() throws Exception {
        check("vfr.mp4", 74, 5.5055, 320, 180, 144.65, 143.25, 124.42);
        check("start-at-3600.ts", 90, 2.9696, 320, 180);
        check("negative-start.mp4", 92, 3.0364, 320, 180, 145.46, 144.46, 125.60);
        check("unordered.mov", 4, 0.0938, 50, 50);
        check("bframes-in-avi.avi", 90, 3.003 - 0.0334, 320, 180, 144.68, 143.24, 124.37);
        check("raw-no-timestamps.h264", 90, 89 / 25.0, 320, 180, 144.68, 143.24, 124.37);
    }

    public void testCountsAndStreams() throws Exception {
        check("one-frame.mp4", 1, 0, 640, 360);
        check("attachments.mkv", 60, 1.969, 320, 180);
        check("two-video-streams.mp4", 60, 1.9686, 320, 180, 144.68, 143.24, 124.37);
    }

    /** All frames in the size of the first. */
    public void testResolutionChange() throws Exception {
        Clip clip = check("resolution-change.ts", 60, 1.9009, 320, 180, 144.67, 143.26, 124.38);
        // 160 x 160 before it is scaled
        assertArrayEquals(
                new double[] {171.82, 139.25, 122.07}, clip.frames().get(59).meanRgb(), 2 * LEVELS);
    }

    private static Clip check(
            String file, int frames, double last, int width, int height, double... firstRgb)
            throws Exception {
        Clip clip = null;
        for (MediaBackend way : List.of(USUAL, LARGE)) {
            clip =
                    way.read(
                            MediaFiles.source("bad/" + file),
                            new Sampling.Uniform(512),
                            MediaLimits.DEFAULT);
            assertEquals(file, frames, clip.frames().size());
            Frame end = clip.frames().get(frames - 1);
            assertEquals(file, last, end.timeSeconds(), SECONDS);
            assertEquals(file, width, end.width());
            assertEquals(file, height, end.height());
            if (firstRgb.length > 0) {
                assertArrayEquals(file, firstRgb, clip.frames().get(0).meanRgb(), LEVELS);
            }
        }
        return clip;
    }
}
