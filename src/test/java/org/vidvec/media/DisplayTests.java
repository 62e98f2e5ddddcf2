package org.vidvec.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.elasticsearch.test.ESTestCase;

/** Videos as they are meant to be shown: with square pixels, and transparent places over black. */
public class DisplayTests extends ESTestCase {

    // of the colour of media/made/half.*, 200, 100, 50, of which the right half is 64 / 255 there
    private static final double PART = (1 + 64 / 255.0) / 2;

    private static final MediaBackend USUAL = new FfmpegBackend(MediaFiles.natives());
    private static final MediaBackend LARGE = FfmpegBackend.forLargeFiles(MediaFiles.natives());

    public void testSquarePixels() throws Exception {
        assertSize("video/dog-fetch.mp4", 4, 3, 853, 360);
        assertSize("video/dog-fetch.mp4", 8, 9, 569, 360);
        // turned after it was made wider: stored as 320 x 180
        assertSize("bad/rotated-90.mp4", 3, 2, 180, 480);
    }

    /** Rounded sizes and lies. */
    public void testPixelsThatAreTakenAsSquare() throws Exception {
        assertSize("video/dog-fetch.mp4", 640, 639, 640, 360);
        assertSize("video/dog-fetch.mp4", 100, 1, 640, 360);
        assertSize("video/dog-fetch.mp4", 0, 0, 640, 360);
    }

    private static void assertSize(String file, int wide, int high, int width, int height)
            throws Exception {
        byte[] bytes = MediaFiles.bytes(file);
        Clip stored = read(USUAL, bytes);
        // the box "pasp" of ISO 14496-12, 12.1.4.2
        int box = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("pasp") + 4;
        ByteBuffer.wrap(bytes).putInt(box, wide).putInt(box + 4, high);
        for (MediaBackend way : List.of(USUAL, LARGE)) {
            Clip clip = read(way, bytes);
            assertEquals(width, clip.info().width());
            assertEquals(height, clip.info().height());
            assertEquals(width, clip.frames().get(0).width());
            for (int i = 0; i < 8; i++) {
                double[] mean = clip.frames().get(i).meanRgb();
                assertArrayEquals(stored.frames().get(i).meanRgb(), mean, 1);
            }
        }
    }

    /** Frames that are made smaller to fit the memory do not change what the file is. */
    public void testSizeOfTheFileWhateverTheFramesHave() throws Exception {
        Clip clip =
                USUAL.read(
                        MediaFiles.source("demo/bunny-720p.mp4"),
                        new Sampling.Fps(25, 512),
                        MediaLimits.DEFAULT);
        assertTrue(clip.frames().get(0).width() < 1280);
        assertEquals(1280, clip.info().width());
        assertEquals(720, clip.info().height());
    }

    public void testOverBlack() throws Exception {
        assertOverBlack("made/half.mov", 0.5);
        assertOverBlack("made/half-libvpx.webm", 2);
        assertOverBlack("made/half-libvpx-vp9.webm", 2);
    }

    private static void assertOverBlack(String file, double levels) throws Exception {
        for (MediaBackend way : List.of(USUAL, LARGE)) {
            Clip clip = read(way, MediaFiles.bytes(file));
            assertEquals(file, Transparency.OVER_BLACK, clip.info().transparency());
            assertEquals(file, 5, clip.frames().size());
            double[] expected = {200 * PART, 100 * PART, 50 * PART};
            assertArrayEquals(file, expected, clip.frames().get(4).meanRgb(), levels);
        }
    }

    public void testTransparencyOfPicturesIsDroppedAndSaid() throws Exception {
        assertEquals(Transparency.DROPPED, transparency("image/gray-alpha-16bit.png"));
        assertEquals(Transparency.DROPPED, transparency("image/dice-alpha.webp"));
        assertEquals(Transparency.DROPPED, transparency("image/spinning-squares.webp"));
        assertEquals(Transparency.NONE, transparency("image/cat.png"));
        assertEquals(Transparency.NONE, transparency("made/palette.png"));
        assertEquals(Transparency.NONE, transparency("made/moving.gif"));
        assertEquals(Transparency.NONE, transparency("video/tractor.webm"));
        assertEquals(Transparency.NONE, transparency("video/fruit-conveyor.gif"));
    }

    private static Transparency transparency(String file) throws Exception {
        return read(USUAL, MediaFiles.bytes(file)).info().transparency();
    }

    private static Clip read(MediaBackend way, byte[] file) throws Exception {
        return way.read(new BytesSource("a", file), new Sampling.Uniform(8), MediaLimits.DEFAULT);
    }
}
