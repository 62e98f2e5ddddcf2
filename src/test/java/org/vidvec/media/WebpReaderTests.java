package org.vidvec.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.MediaException.Reason;

/** Animated WebP against Pillow 13.0 ({@code seek(i)}, {@code convert("RGB")}, mean). */
public class WebpReaderTests extends ESTestCase {

    private static final double[] TIMES = {0, .12, .24, .33, .45, .57, .66, .78, .87};

    private static final double[][] MEANS = {
        {48.6, 66.61, 77.68},
        {48.69, 66.42, 77.72},
        {48.57, 66.53, 77.64},
        {48.77, 66.41, 77.59},
        {48.54, 66.54, 77.7},
        {48.65, 66.38, 77.65},
        {48.5, 66.44, 77.71},
        {48.73, 66.35, 77.62},
        {48.63, 66.52, 77.61},
    };

    private final MediaBackend backend = new FfmpegBackend(MediaFiles.natives());

    /** Nine pictures of parts of the canvas, with transparency and times of their own. */
    public void testEachFrame() throws Exception {
        Clip clip = read(file());
        assertEquals("video", clip.info().kind());
        assertEquals(0.9, clip.info().durationSeconds(), 1e-9);
        assertEquals(9, clip.frames().size());
        for (int i = 0; i < 9; i++) {
            Frame frame = clip.frames().get(i);
            assertEquals(i, frame.index());
            assertEquals(TIMES[i], frame.timeSeconds(), 1e-9);
            assertArrayEquals("frame " + i, MEANS[i], frame.meanRgb(), 0.5);
        }
    }

    public void testCutFileGivesWhatIsWhole() throws Exception {
        byte[] file = file();
        assertEquals(5, read(Arrays.copyOf(file, file.length * 5 / 8)).frames().size());
        MediaException e = expectThrows(MediaException.class, () -> read(Arrays.copyOf(file, 200)));
        assertEquals(Reason.CORRUPT, e.reason());
    }

    /** A part that reaches over the canvas: RFC 9649 forbids it. */
    public void testPartBesideTheCanvasIsRefused() throws Exception {
        byte[] file = file();
        int part = new String(file, StandardCharsets.ISO_8859_1).indexOf("ANMF");
        file[part + 8] = 100;
        MediaException e = expectThrows(MediaException.class, () -> read(file));
        assertEquals(Reason.CORRUPT, e.reason());
    }

    public void testCanvasOverTheLimitIsRefusedByItsHeader() throws Exception {
        byte[] file = file();
        file[25] = 127;
        file[28] = 127;
        MediaException e = expectThrows(MediaException.class, () -> read(file));
        assertEquals(Reason.OVER_LIMIT, e.reason());
        assertTrue(e.getMessage(), e.getMessage().contains("[32592x32592] pixels"));
    }

    private static byte[] file() throws Exception {
        return MediaFiles.bytes("image/spinning-squares.webp");
    }

    private Clip read(byte[] file) throws MediaException {
        return backend.read(
                new BytesSource("a.webp", file), new Sampling.Uniform(64), MediaLimits.DEFAULT);
    }
}
