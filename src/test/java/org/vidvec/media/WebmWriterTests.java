package org.vidvec.media;

import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.natives.NativeLibraries;

public class WebmWriterTests extends ESTestCase {

    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;

    /** What comes back is what was put in: how many, when, and which colours. */
    public void testWhatIsWrittenIsRead() throws Exception {
        byte[] file = video(30);
        Clip clip =
                new FfmpegBackend(MediaFiles.natives())
                        .read(
                                new BytesSource("a.webm", file),
                                new Sampling.Fps(10, 100),
                                MediaLimits.DEFAULT);
        assertEquals("matroska,webm", clip.info().container());
        assertEquals("vp9", clip.info().codec());
        assertEquals(WIDTH, clip.info().width());
        assertEquals(HEIGHT, clip.info().height());
        assertEquals(10, clip.info().framesPerSecond(), 0.01);
        assertEquals(30, clip.frames().size());
        assertEquals(3.0, clip.info().durationSeconds(), 0.01);
        for (int i = 0; i < 30; i++) {
            Frame frame = clip.frames().get(i);
            assertEquals(i / 10.0, frame.timeSeconds(), 0.001);
            double[] mean = frame.meanRgb();
            for (int c = 0; c < 3; c++) {
                assertEquals("frame " + i + " channel " + c, colour(i)[c], mean[c], 4);
            }
        }
    }

    public void testSameFramesSameBytes() throws Exception {
        assertArrayEquals(video(10), video(10));
    }

    public void testOneFrame() throws Exception {
        Clip clip =
                new FfmpegBackend(MediaFiles.natives())
                        .read(
                                new BytesSource("a.webm", video(1)),
                                new Sampling.Uniform(8),
                                MediaLimits.DEFAULT);
        assertEquals(1, clip.frames().size());
    }

    /** More than JavaCPP has callback slots: none may be kept. */
    public void testManyAfterAnother() throws Exception {
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            sizes.add(video(2).length);
        }
        assertEquals(1, sizes.stream().distinct().count());
    }

    public void testMissingLibrariesAreNamed() {
        MediaException e =
                expectThrows(
                        MediaException.class,
                        () ->
                                WebmWriter.open(
                                        new NativeLibraries(createTempDir()), WIDTH, HEIGHT, 10));
        assertEquals(MediaException.Reason.DECODER, e.reason());
    }

    private static byte[] video(int frames) throws Exception {
        try (WebmWriter writer = WebmWriter.open(MediaFiles.natives(), WIDTH, HEIGHT, 10)) {
            for (int i = 0; i < frames; i++) {
                byte[] rgb = new byte[3 * WIDTH * HEIGHT];
                for (int p = 0; p < rgb.length; p++) {
                    rgb[p] = (byte) colour(i)[p % 3];
                }
                writer.add(rgb);
            }
            return writer.finish();
        }
    }

    private static int[] colour(int frame) {
        return new int[] {40 + 6 * frame, 200 - 5 * frame, 90};
    }
}
