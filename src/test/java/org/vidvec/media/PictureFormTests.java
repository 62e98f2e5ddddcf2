package org.vidvec.media;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.elasticsearch.test.ESTestCase;

/**
 * Forms of pictures that cameras and programs write: {@code media/made} and its means by Pillow.
 */
public class PictureFormTests extends ESTestCase {

    private final MediaBackend backend = new MediaReader(MediaFiles.natives());

    public void testMeans() throws Exception {
        JsonObject all =
                JsonParser.parseString(
                                new String(
                                        MediaFiles.bytes("made/made.json"), StandardCharsets.UTF_8))
                        .getAsJsonObject();
        for (String name : all.keySet()) {
            String[] fileAndFrame = name.split("#");
            Clip clip = read("made/" + fileAndFrame[0]);
            int frame = fileAndFrame.length == 1 ? 0 : Integer.parseInt(fileAndFrame[1]);
            assertMean(name, all.getAsJsonObject(name), clip.frames().get(frame));
            assertEquals(name, fileAndFrame.length == 1 ? "image" : "video", clip.info().kind());
        }
        assertEquals(8, all.size());
    }

    private static void assertMean(String name, JsonObject expected, Frame frame) {
        assertEquals(name, expected.get("width").getAsInt(), frame.width());
        assertEquals(name, expected.get("height").getAsInt(), frame.height());
        JsonArray mean = expected.getAsJsonArray("mean_rgb");
        for (int i = 0; i < 3; i++) {
            assertEquals(name, mean.get(i).getAsDouble(), frame.meanRgb()[i], 1.5);
        }
    }

    /** Pictures that are nothing but a header are refused by its numbers. */
    public void testSizesOfHeaders() {
        ByteBuffer bmp = ByteBuffer.allocate(54).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put(0, "BM".getBytes(StandardCharsets.US_ASCII)).putInt(18, 100_000);
        assertTooLarge(bmp.putInt(22, -90_000), "100000x90000");
        ByteBuffer canvas = webp("VP8X").putInt(24, 0x0fffff).putInt(26, 0x01fffe00 | 0x0f);
        assertTooLarge(canvas, "1048576x131071");
        assertTooLarge(webp("VP8L").put(20, (byte) 0x2f).putInt(21, 0x0fff_ffff), "16384x16384");
        assertTooLarge(
                webp("VP8 ").putShort(26, (short) 9000).putShort(28, (short) 8000), "9000x8000");
    }

    private static ByteBuffer webp(String form) {
        return ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(0, "RIFF0000WEBP".getBytes(StandardCharsets.US_ASCII))
                .put(12, form.getBytes(StandardCharsets.US_ASCII));
    }

    private void assertTooLarge(ByteBuffer file, String size) {
        MediaException e =
                expectThrows(
                        MediaException.class,
                        () ->
                                backend.read(
                                        new BytesSource("a", file.array()),
                                        new Sampling.Uniform(1),
                                        MediaLimits.DEFAULT));
        assertEquals(MediaException.Reason.OVER_LIMIT, e.reason());
        assertTrue(e.getMessage(), e.getMessage().contains("frames of [" + size + "] pixels"));
    }

    public void testTimesOfAnAnimation() throws Exception {
        Clip clip = read("made/moving.gif");
        assertEquals(3, clip.frames().size());
        assertEquals(0, clip.frames().get(0).timeSeconds(), 0);
        assertEquals(0.1, clip.frames().get(1).timeSeconds(), 1e-6);
        assertEquals(0.3, clip.frames().get(2).timeSeconds(), 1e-6);
    }

    /** One photo with each value that tag 0x0112 of Exif 2.3 may have. */
    public void testExifOrientations() throws Exception {
        byte[] photo = MediaFiles.bytes("image/exif-6-waterfall.jpg");
        int at = orientation(photo);
        Frame stored = turned(photo, at, 1);
        for (int value = 2; value <= 8; value++) {
            Frame upright = turned(photo, at, value);
            boolean swapped = value > 4;
            assertEquals(swapped ? stored.height() : stored.width(), upright.width());
            assertEquals(swapped ? stored.width() : stored.height(), upright.height());
            for (int y = 0; y < upright.height(); y += 7) {
                for (int x = 0; x < upright.width(); x++) {
                    assertEquals(
                            value + " at " + x + ", " + y,
                            before(stored, value, x, y),
                            red(upright, x, y));
                }
            }
        }
    }

    private Frame turned(byte[] photo, int at, int value) throws Exception {
        byte[] copy = photo.clone();
        copy[at] = (byte) value;
        return backend.read(
                        new BytesSource("a.jpg", copy),
                        new Sampling.Uniform(1),
                        MediaLimits.DEFAULT)
                .frames()
                .get(0);
    }

    /** The red value that belongs there, as the standard describes each value. */
    private static int before(Frame stored, int value, int x, int y) {
        int right = stored.width() - 1;
        int bottom = stored.height() - 1;
        return switch (value) {
            case 2 -> red(stored, right - x, y);
            case 3 -> red(stored, right - x, bottom - y);
            case 4 -> red(stored, x, bottom - y);
            case 5 -> red(stored, y, x);
            case 6 -> red(stored, y, bottom - x);
            case 7 -> red(stored, right - y, bottom - x);
            default -> red(stored, right - y, x);
        };
    }

    private static int red(Frame frame, int x, int y) {
        return frame.rgb()[3 * (y * frame.width() + x)] & 255;
    }

    /** Where the value stands: behind tag 0x0112 of type short, in either byte order. */
    private static int orientation(byte[] photo) {
        for (int i = 0; i < 4096; i++) {
            if (photo[i] == 0x12 && photo[i + 1] == 1 && photo[i + 2] == 3 && photo[i + 3] == 0) {
                return i + 8;
            }
            if (photo[i] == 1 && photo[i + 1] == 0x12 && photo[i + 2] == 0 && photo[i + 3] == 3) {
                return i + 9;
            }
        }
        throw new AssertionError("no orientation");
    }

    private Clip read(String file) throws Exception {
        return backend.read(MediaFiles.source(file), new Sampling.Uniform(8), MediaLimits.DEFAULT);
    }
}
