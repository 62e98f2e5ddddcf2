package org.vidvec.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.MediaException.Reason;

public class FrameStripTests extends ESTestCase {

    private final MediaBackend backend = new FfmpegBackend(MediaFiles.natives());
    private final FrameStrip strip = new FrameStrip(MediaFiles.natives());

    public void testSmallFramesKeepTheirSize() throws Exception {
        // sides that are no multiples of JPEG's blocks; both clips have sharp detail
        for (String file : new String[] {"video/tractor.webm", "bad/odd-33x17.mp4"}) {
            Clip clip = read(file, 8);
            Clip back = strip.decode(strip.encode(clip));
            assertSameFacts(clip, back);
            for (int i = 0; i < clip.frames().size(); i++) {
                Frame expected = clip.frames().get(i);
                Frame actual = back.frames().get(i);
                assertEquals(expected.width(), actual.width());
                assertEquals(expected.height(), actual.height());
                double error = meanError(expected.rgb(), actual.rgb());
                assertTrue(file + " differs by " + error, error < 4);
            }
        }
    }

    public void testLargeFramesAreScaledDown() throws Exception {
        Clip clip = read("video/dog-fetch.mp4", 8);
        byte[] jpeg = strip.encode(clip);
        assertTrue(jpeg.length + " bytes", jpeg.length < 300_000);
        Clip back = strip.decode(jpeg);
        assertSameFacts(clip, back);
        for (int i = 0; i < 8; i++) {
            Frame frame = back.frames().get(i);
            assertEquals(448, frame.width());
            assertEquals(252, frame.height());
            assertArrayEquals(clip.frames().get(i).meanRgb(), frame.meanRgb(), 0.5);
        }
    }

    public void testUprightClip() throws Exception {
        Clip back = strip.decode(strip.encode(read("bad/rotated-270-real.mov", 3)));
        assertEquals(252, back.frames().get(0).width());
        assertEquals(448, back.frames().get(0).height());
    }

    public void testManyFramesShareThePixels() throws Exception {
        Clip clip = read("demo/sign-book.mkv", 109);
        byte[] jpeg = strip.encode(clip);
        assertTrue(jpeg.length + " bytes", jpeg.length < 1_000_000);
        Clip back = strip.decode(jpeg);
        assertSameFacts(clip, back);
        Frame frame = back.frames().get(0);
        assertTrue(109L * frame.width() * frame.height() <= FrameStrip.PIXELS * 1.02);
    }

    public void testImage() throws Exception {
        Clip clip = read("image/fruits.jpg", 8);
        Clip back = strip.decode(strip.encode(clip));
        assertSameFacts(clip, back);
        assertEquals("image", back.info().kind());
        assertEquals(448, back.frames().get(0).width());
    }

    public void testSameClipGivesSameBytes() throws Exception {
        Clip clip = read("bad/vfr.mp4", 8);
        assertArrayEquals(strip.encode(clip), strip.encode(clip));
    }

    /** A strip is an ordinary JPEG, so that people can look at it. */
    public void testStripIsAPicture() throws Exception {
        byte[] jpeg = strip.encode(read("video/dog-fetch.mp4", 8));
        Clip picture =
                backend.read(
                        new BytesSource("frames.jpg", jpeg),
                        new Sampling.Uniform(1),
                        MediaLimits.DEFAULT);
        // 3 columns of 448, 3 rows of 252 rounded up to 256
        assertEquals(3 * 448, picture.info().width());
        assertEquals(3 * 256, picture.info().height());
    }

    public void testDamage() throws Exception {
        byte[] good = strip.encode(read("bad/vfr.mp4", 4));
        assertDamaged("their header can't be read", new byte[0]);
        assertDamaged("their header can't be read", "no JPEG".getBytes(StandardCharsets.UTF_8));
        assertDamaged("their header can't be read", Arrays.copyOf(good, 100));
        assertDamaged("their header can't be read", MediaFiles.bytes("image/fruits.jpg"));
        assertDamaged("the JPEG is truncated or damaged", Arrays.copyOf(good, good.length / 2));
        assertDamaged("their header states impossible sizes", edited(good, "320,", "-20,"));
        assertDamaged("their header states impossible sizes", edited(good, "s\":2", "s\":0"));
        assertDamaged("the JPEG is truncated or damaged", edited(good, "\":320,", "\":160,"));
        assertDamaged("their header can't be read", edited(good, "frames\":1", "frames\":2"));
    }

    public void testRandomDamageNeverEscapes() throws Exception {
        byte[] good = strip.encode(read("bad/vfr.mp4", 4));
        for (int i = 0; i < 200; i++) {
            byte[] bad = good.clone();
            for (int k = 0; k < 5; k++) {
                bad[randomIntBetween(0, bad.length - 1)] ^= (byte) (1 << randomIntBetween(0, 7));
            }
            byte[] cut = Arrays.copyOf(bad, randomIntBetween(1, bad.length));
            try {
                assertFalse(strip.decode(cut).frames().isEmpty());
            } catch (MediaException e) {
                assertEquals(Reason.CORRUPT, e.reason());
            }
        }
    }

    private void assertDamaged(String why, byte[] bytes) {
        MediaException e = expectThrows(MediaException.class, () -> strip.decode(bytes));
        assertEquals(Reason.CORRUPT, e.reason());
        assertEquals(
                "the stored frames are damaged: " + why + "; index the document again",
                e.getMessage());
    }

    /** With another text of the same length in the header. */
    private static byte[] edited(byte[] jpeg, String from, String to) {
        String raw = new String(jpeg, StandardCharsets.ISO_8859_1);
        assertTrue(raw.contains(from));
        int at = raw.indexOf(from);
        return (raw.substring(0, at) + to + raw.substring(at + from.length()))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void assertSameFacts(Clip expected, Clip actual) {
        assertEquals(expected.info(), actual.info());
        assertEquals(times(expected), times(actual));
    }

    private static List<Double> times(Clip clip) {
        return clip.frames().stream().map(Frame::timeSeconds).toList();
    }

    private Clip read(String file, int frames) throws Exception {
        return backend.read(
                MediaFiles.source(file), new Sampling.Uniform(frames), MediaLimits.DEFAULT);
    }

    private static double meanError(byte[] a, byte[] b) {
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs((a[i] & 255) - (b[i] & 255));
        }
        return (double) sum / a.length;
    }
}
