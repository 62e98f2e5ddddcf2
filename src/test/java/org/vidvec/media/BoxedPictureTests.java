package org.vidvec.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.elasticsearch.test.ESTestCase;

/**
 * Pictures in MP4 boxes. Each file that is refused here was seen to end a process, or to keep it
 * busy for ever, when FFmpeg 8.0.1 opened it (decisions/0030).
 */
public class BoxedPictureTests extends ESTestCase {

    private static final int CODED_AT = 0x113;
    private static final int CODED_BYTES = 0x95e;

    private final MediaBackend backend = new MediaReader(MediaFiles.natives());

    /** Numbers of 0, 4 or 8 bytes, items in the box itself, and items in pieces. */
    public void testFormsOfLocations() throws Exception {
        byte[] coded = coded();
        byte[] rgb = read(MediaFiles.bytes("made/still.avif")).frames().get(0).rgb();
        byte[] one = full("iinf", 0, u16(1), info(1, "av01"));
        int half = CODED_BYTES / 2;
        int inFile = 8 + ftyp("avif").length;
        byte[] longs =
                full(
                        "iloc",
                        1,
                        bytes(0x88, 0),
                        u16(1),
                        u16(1),
                        u16(0),
                        u16(0),
                        u16(1),
                        u64(inFile));
        byte[] pieces =
                full(
                        "iloc",
                        0,
                        bytes(0x44, 0x40),
                        u16(1),
                        u16(1),
                        u16(0),
                        u32(inFile),
                        u16(2),
                        u32(0),
                        u32(half),
                        u32(half),
                        u32(CODED_BYTES - half));
        byte[] inBox =
                full(
                        "iloc",
                        1,
                        bytes(0x44, 0),
                        u16(1),
                        u16(1),
                        u16(1),
                        u16(0),
                        u16(1),
                        u32(0),
                        u32(CODED_BYTES));
        byte[] large = join(longs, u64(CODED_BYTES));
        ByteBuffer.wrap(large).putInt(0, large.length);
        for (byte[] locations : List.of(large, pieces, inBox)) {
            byte[] file =
                    join(
                            ftyp("mif1"),
                            box("mdat", coded),
                            meta(primary(1), locations, one, box("idat", coded)));
            Clip clip = read(file);
            assertArrayEquals(rgb, clip.frames().get(0).rgb());
            assertEquals("image", clip.info().kind());
            assertEquals("avif", clip.info().container());
        }
    }

    /** As Pillow 12 shows the file that it wrote for each orientation of Exif. */
    public void testTurnedAndMirrored() throws Exception {
        byte[] turn1 = box("irot", bytes(1));
        byte[] turn3 = box("irot", bytes(3));
        byte[] flip = box("imir", bytes(0));
        byte[] mirror = box("imir", bytes(1));
        assertCorner(60, 151.12, 114.76, 87.91, turn1, flip);
        assertCorner(60, 154.70, 116.21, 90.92, turn3);
        assertCorner(60, 154.37, 128.65, 111.25, turn3, flip);
        assertCorner(60, 137.08, 107.03, 89.87, turn1);
        assertCorner(90, 137.08, 107.03, 89.87, mirror);
        assertCorner(90, 154.70, 116.21, 90.92, flip);
    }

    private void assertCorner(int width, double r, double g, double b, byte[]... properties)
            throws Exception {
        byte[] indexes = new byte[properties.length];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = (byte) (0x80 | i + 1);
        }
        byte[] associations = full("ipma", 0, u32(1), u16(1), bytes(indexes.length), indexes);
        byte[] file =
                avif(
                        location(1, 8 + ftyp("avif").length, CODED_BYTES),
                        full("iinf", 0, u16(1), info(1, "av01")),
                        box("iprp", box("ipco", properties), associations));
        Frame frame = read(file).frames().get(0);
        assertEquals(width, frame.width());
        assertEquals(150 - width, frame.height());
        double[] mean = new double[3];
        for (int i = 0; i < 30 * 30 * 3; i++) {
            int pixel = i / 3 / 30 * width + i / 3 % 30;
            mean[i % 3] += (frame.rgb()[3 * pixel + i % 3] & 255) / 900.0;
        }
        assertArrayEquals(new double[] {r, g, b}, mean, 1.5);
    }

    /** FFmpeg reads through a null pointer. */
    public void testItemsWithoutALength() throws Exception {
        byte[] two = full("iinf", 0, u16(2), info(1, "av01"), info(2, "av01"));
        int at = 8 + ftyp("avif").length;
        assertRefused(MediaException.Reason.CORRUPT, avif(location(1, at, 0), two));
        byte[] wrapped = full("iloc", 0, bytes(0x48, 0), u16(1), u16(1), u16(0), u16(1), u32(at));
        byte[] large = join(wrapped, u64(1L << 32));
        ByteBuffer.wrap(large).putInt(0, large.length);
        assertRefused(MediaException.Reason.CORRUPT, avif(large, two));
        byte[] none = full("iloc", 0, bytes(0x40, 0), u16(1), u16(1), u16(0), u16(1), u32(at));
        assertRefused(MediaException.Reason.CORRUPT, avif(none, two));
    }

    /** One item more than there are locations: harmless here, the end of a process in FFmpeg. */
    public void testItemsWithoutALocation() throws Exception {
        byte[] two = full("iinf", 0, u16(2), info(1, "av01"), info(2, "av01"));
        Clip clip = read(avif(location(1, 8 + ftyp("avif").length, CODED_BYTES), two));
        assertEquals(90, clip.info().width());
    }

    /** Its boxes say 90 x 60; libaom took 4 GB for what the picture itself announces. */
    public void testAnnouncedSize() throws Exception {
        byte[] still = MediaFiles.bytes("made/still.avif");
        // sequence header in short form: 7 and 6 bits of 89 and 59, made 16 bits of 16383 each
        byte[] sequence = {
            10, 11, 0x18, 0x3f, (byte) 0xcf, (byte) 0xff, (byte) 0xcf, (byte) 0xff, (byte) 0xc0
        };
        byte[] coded = join(bytes(0x12, 0), sequence, new byte[4], coded());
        byte[] ivf =
                join(
                        Arrays.copyOf("DKIF\0\0\40\0AV01".getBytes(StandardCharsets.US_ASCII), 32),
                        bytes(coded.length, coded.length >> 8, 0, 0),
                        new byte[8],
                        coded);
        ivf[16] = 1;
        ivf[20] = 1;
        MediaException e = assertRefused(MediaException.Reason.OVER_LIMIT, ivf);
        assertTrue(e.getMessage(), e.getMessage().contains("frames of [268435456] pixels"));
        assertEquals(90, read(still).info().width());
    }

    /** FFmpeg lays out tiles of no width for ever. */
    public void testTilesWithoutAWidth() throws Exception {
        byte[] infos = full("iinf", 0, u16(2), info(1, "grid"), info(2, "av01"));
        byte[] tiles = full("iref", 0, box("dimg", u16(1), u16(1), u16(2)));
        MediaException e =
                assertRefused(
                        MediaException.Reason.UNSUPPORTED,
                        avif(location(1, 8 + ftyp("avif").length, 8), infos, tiles));
        assertTrue(e.getMessage(), e.getMessage().contains("unsupported kind of picture [grid]"));
    }

    /** The same boxes where no reader of pictures looks for them. */
    public void testItemsInsideAVideo() throws Exception {
        byte[] video = MediaFiles.bytes("bad/odd-33x17.mp4");
        byte[] items =
                meta(primary(1), location(1, 300, 0), full("iinf", 0, u16(1), info(1, "av01")));
        byte[] far = box("free", new byte[5 << 20]);
        for (byte[] file :
                List.of(
                        join(video, items),
                        join(video, far, items),
                        join(video, far, box("udta", items)),
                        // not even the first word is a box's
                        join(new byte[4], video, items))) {
            MediaException e = assertRefused(MediaException.Reason.UNSUPPORTED, file);
            assertTrue(e.getMessage(), e.getMessage().contains("it holds pictures as items"));
        }
        assertEquals(33, read(join(video, far)).info().width());
    }

    /** A word may be cut where one read ends and the next begins. */
    public void testWordsAcrossReads() throws Exception {
        byte[] head = location(1, 300, 0);
        byte[] infos = full("iinf", 0, u16(1), info(1, "av01"));
        byte[] all = join(new byte[100], head, new byte[100], infos);
        for (int cut = 1; cut < all.length; cut++) {
            OpeningWatch watch = new OpeningWatch("a.mp4");
            int n = cut;
            MediaException e =
                    expectThrows(
                            MediaException.class,
                            () -> {
                                watch.look(0, all, n);
                                watch.look(
                                        n, Arrays.copyOfRange(all, n, all.length), all.length - n);
                            });
            assertEquals(MediaException.Reason.UNSUPPORTED, e.reason());
        }
        OpeningWatch watch = new OpeningWatch("a.mp4");
        watch.look(0, head, head.length);
        watch.look(1000, new byte[64], 64);
        byte[] nonsense = "iloc????\u00ff\u00ff????iinf".getBytes(StandardCharsets.ISO_8859_1);
        new OpeningWatch("a.mp4").look(0, nonsense, nonsense.length);
    }

    public void testCompressedHeader() throws Exception {
        byte[] video = MediaFiles.bytes("bad/odd-33x17.mp4");
        int moov = new String(video, StandardCharsets.ISO_8859_1).indexOf("moov") - 4;
        byte[] header = Arrays.copyOfRange(video, moov, video.length);
        byte[] compressed =
                box(
                        "moov",
                        box(
                                "cmov",
                                box("dcom", "zlib".getBytes(StandardCharsets.US_ASCII)),
                                box("cmvd", u32(header.length), deflated(header))));
        MediaException e =
                assertRefused(
                        MediaException.Reason.UNSUPPORTED,
                        join(Arrays.copyOf(video, moov), compressed));
        assertTrue(e.getMessage(), e.getMessage().contains("its header is compressed"));
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] out = new byte[2 * bytes.length];
        int n = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, n);
    }

    private Clip read(byte[] file) throws MediaException {
        return backend.read(
                new BytesSource("a", file), new Sampling.Uniform(1), MediaLimits.DEFAULT);
    }

    private MediaException assertRefused(MediaException.Reason reason, byte[] file) {
        MediaException e = expectThrows(MediaException.class, () -> read(file));
        assertEquals(e.getMessage(), reason, e.reason());
        return e;
    }

    private static byte[] coded() throws IOException {
        byte[] still = MediaFiles.bytes("made/still.avif");
        return Arrays.copyOfRange(still, CODED_AT, CODED_AT + CODED_BYTES);
    }

    private static byte[] avif(byte[]... boxes) throws IOException {
        return join(ftyp("avif"), box("mdat", coded()), meta(join(primary(1), join(boxes))));
    }

    private static byte[] ftyp(String brand) {
        return box("ftyp", brand.getBytes(StandardCharsets.US_ASCII), new byte[4]);
    }

    private static byte[] meta(byte[]... boxes) {
        byte[] handler = "pict".getBytes(StandardCharsets.US_ASCII);
        return full("meta", 0, full("hdlr", 0, new byte[4], handler, new byte[13]), join(boxes));
    }

    private static byte[] primary(int item) {
        return full("pitm", 0, u16(item));
    }

    private static byte[] location(int item, int at, int length) {
        return full(
                "iloc", 0, bytes(0x44, 0), u16(1), u16(item), u16(0), u16(1), u32(at), u32(length));
    }

    private static byte[] info(int item, String type) {
        byte[] letters = type.getBytes(StandardCharsets.US_ASCII);
        return full("infe", 2, u16(item), u16(0), letters, bytes('x', 0));
    }

    private static byte[] full(String type, int version, byte[]... content) {
        return box(type, bytes(version, 0, 0, 0), join(content));
    }

    private static byte[] box(String type, byte[]... content) {
        byte[] all = join(content);
        return join(u32(8 + all.length), type.getBytes(StandardCharsets.US_ASCII), all);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] u16(int value) {
        return bytes(value >> 8, value);
    }

    private static byte[] u32(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static byte[] u64(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
