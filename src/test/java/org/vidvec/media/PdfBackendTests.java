package org.vidvec.media;

import static org.hamcrest.Matchers.containsString;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceGray;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.MediaException.Reason;

/** Pages of PDFs, against poppler 22.12 ({@code pdftoppm -r 100}) and hostile ones. */
public class PdfBackendTests extends ESTestCase {

    private static final String REAL = "pdf/background-checks.pdf";

    private final MediaBackend backend = new PdfBackend(MediaFiles.natives());

    public void testPagesAsPopplerDrawsThem() throws Exception {
        // anti-aliasing of thin lines differs: 2.6 levels in a page full of them
        checkPages(REAL, 1400, 849, 3, 234.58, 239.62, 237.73);
        checkPages("bad/javascript.pdf", 416, 277, 0.5, 251.77, 251.77, 251.77);
        Clip clip =
                checkPages("bad/owner-password-only.pdf", 416, 277, 0.5, 253.52, 253.52, 253.52);
        assertEquals(3, clip.frames().size());
        assertArrayEquals(
                new double[] {253.47, 253.47, 253.47}, clip.frames().get(2).meanRgb(), 0.5);
        for (int i = 0; i < 3; i++) {
            assertEquals(i, clip.frames().get(i).index());
            assertEquals(i, clip.frames().get(i).timeSeconds(), 0);
        }
    }

    private Clip checkPages(
            String file, int width, int height, double levels, double... expectedMean)
            throws Exception {
        Clip clip = backend.read(MediaFiles.source(file), new Sampling.Uniform(8), dpi(100));
        assertEquals("pdf", clip.info().kind());
        assertEquals(file, width, clip.info().width());
        assertEquals(file, height, clip.info().height());
        assertArrayEquals(file, expectedMean, clip.frames().get(0).meanRgb(), levels);
        return clip;
    }

    /** 1008 x 612 points at 300 dots per inch have 10.7 million pixels, over 4096 x 2304. */
    public void testLargePageIsDrawnSmaller() throws Exception {
        for (String file : new String[] {REAL, "bad/giant-page.pdf"}) {
            MediaInfo info = read(MediaFiles.bytes(file), MediaLimits.DEFAULT).info();
            double pixels = (double) info.width() * info.height();
            assertEquals(file, MediaLimits.DEFAULT.maxPixels(), pixels, 10_000);
        }
    }

    public void testManyPages() throws Exception {
        byte[] file = blank(12);
        assertEquals(
                12,
                backend.read(new BytesSource("a.pdf", file), new Sampling.Fps(1, 99), dpi(20))
                        .frames()
                        .size());
        assertEquals(
                "[a.pdf] has [12] pages, which is more than the limit of [11] set by"
                        + " [vidvec.media.max_pages]; split it or raise the setting",
                refusal(Reason.OVER_LIMIT, file, limits(11, 72, 64 << 20, Duration.ofMinutes(1))));
    }

    public void testEachPageIsAWindow() throws Exception {
        List<Window> pages = new ArrayList<>();
        WindowRequest all = new WindowRequest(Windows.fixed(9), new Sampling.Uniform(8), 3);
        MediaInfo info =
                backend.windows(new BytesSource("a.pdf", blank(3)), all, dpi(20), pages::add);
        assertEquals("pdf", info.kind());
        assertEquals(3, pages.size());
        for (int page = 0; page < 3; page++) {
            assertEquals(page, pages.get(page).startSeconds(), 0);
            assertEquals(page + 1, pages.get(page).endSeconds(), 0);
            assertEquals(1, pages.get(page).frames().size());
            assertEquals(page, pages.get(page).frames().get(0).index());
        }
        pages.clear();
        backend.windows(new BytesSource("a.pdf", blank(1)), all, dpi(20), pages::add);
        assertEquals("a single one too", 1, pages.size());
        MediaException e =
                expectThrows(
                        MediaException.class,
                        () ->
                                backend.windows(
                                        new BytesSource("a.pdf", blank(4)),
                                        all,
                                        dpi(20),
                                        pages::add));
        assertEquals(Reason.OVER_LIMIT, e.reason());
        assertThat(
                e.getMessage(),
                containsString(
                        "[a.pdf] has [4] pages, which is more than the limit of [3] set by"
                                + " [max_moments]; split it"));
    }

    public void testBombIsRefusedBeforeItFillsTheHeap() throws Exception {
        byte[] file = bomb();
        assertTrue(file.length + "", file.length < 100_000);
        assertEquals(
                "a page of [a.pdf] unpacks to more bytes than the limit of [16777216] set by"
                        + " [vidvec.media.max_memory]; simplify it or raise the setting",
                refusal(Reason.OVER_LIMIT, file, limits(1, 72, 16 << 20, Duration.ofMinutes(1))));
    }

    /** A 4096 x 8192 picture of zeros, 32 MB unpacked. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 32; i++) {
                deflater.write(zeros);
            }
        }
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            PDImageXObject image =
                    new PDImageXObject(
                            document,
                            new ByteArrayInputStream(packed.toByteArray()),
                            COSName.FLATE_DECODE,
                            4096,
                            8192,
                            8,
                            PDDeviceGray.INSTANCE);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.drawImage(image, 0, 0, 100, 100);
            }
            return saved(document);
        }
    }

    /** Each group is drawn onto a picture of its own: 2 MB at 72 dots per inch. */
    public void testGroupsInGroups() throws Exception {
        assertEquals(
                1, read(groups(4), limits(1, 72, 16 << 20, Duration.ofMinutes(1))).frames().size());
        assertThat(
                refusal(
                        Reason.OVER_LIMIT,
                        groups(20),
                        limits(1, 72, 16 << 20, Duration.ofMinutes(1))),
                containsString("more bytes than the limit of [16777216]"));
    }

    private static byte[] groups(int depth) throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            PDResources resources = new PDResources();
            for (int i = 0; i < depth; i++) {
                PDFormXObject form = new PDFormXObject(document);
                form.setBBox(page.getMediaBox());
                form.setResources(resources);
                COSDictionary group = new COSDictionary();
                group.setItem(COSName.S, COSName.TRANSPARENCY);
                form.getCOSObject().setItem(COSName.GROUP, group);
                String drawing = i == 0 ? "0 0 600 700 re f" : "/G Do";
                try (OutputStream content = form.getContentStream().createOutputStream()) {
                    content.write(drawing.getBytes(StandardCharsets.US_ASCII));
                }
                resources = new PDResources();
                resources.put(COSName.G, form);
            }
            page.setResources(resources);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.drawForm((PDFormXObject) resources.getXObject(COSName.G));
            }
            return saved(document);
        }
    }

    public void testTimeIsUp() throws Exception {
        assertEquals(
                "decoding [a.pdf] takes longer than the limit of [0.0s] set by"
                        + " [vidvec.media.decode_timeout]; shorten or simplify the video or raise"
                        + " the setting",
                refusal(
                        Reason.OVER_LIMIT,
                        MediaFiles.bytes(REAL),
                        limits(9, 72, 64 << 20, Duration.ZERO)));
    }

    public void testPasswordIsNamed() throws Exception {
        assertEquals(
                "could not decode [a.pdf]: the PDF is encrypted with a password; send it decrypted",
                refusal(Reason.UNSUPPORTED, MediaFiles.bytes("bad/password.pdf"), dpi(72)));
    }

    public void testRandomDamageNeverEscapes() throws Exception {
        byte[] whole = MediaFiles.bytes(REAL);
        for (int round = 0; round < 30; round++) {
            byte[] damaged = Arrays.copyOf(whole, between(1000, whole.length));
            for (int flip = 0; flip < 100; flip++) {
                damaged[between(8, damaged.length - 1)] ^= (byte) (1 << between(0, 7));
            }
            try {
                assertEquals(1, read(damaged, dpi(20)).frames().size());
            } catch (MediaException e) {
                assertNotEquals(e.getMessage(), Reason.DECODER, e.reason());
                assertTrue(e.getMessage(), e.getMessage().contains("[a.pdf]"));
            }
        }
    }

    public void testFailingSourceIsUnreadable() throws Exception {
        byte[] file = MediaFiles.bytes(REAL);
        MediaSource failing =
                new MediaSource() {
                    @Override
                    public String name() {
                        return "repository://docs/a.pdf";
                    }

                    @Override
                    public long size() {
                        return file.length;
                    }

                    @Override
                    public int read(long position, byte[] target, int offset, int length)
                            throws IOException {
                        throw new IOException("connection reset");
                    }
                };
        MediaException e =
                expectThrows(
                        MediaException.class,
                        () -> backend.read(failing, new Sampling.Uniform(1), dpi(72)));
        assertEquals(Reason.UNREADABLE, e.reason());
        assertEquals("could not read [repository://docs/a.pdf]: connection reset", e.getMessage());
    }

    private String refusal(Reason reason, byte[] file, MediaLimits limits) {
        MediaException e = expectThrows(MediaException.class, () -> read(file, limits));
        assertEquals(e.getMessage(), reason, e.reason());
        return e.getMessage();
    }

    private Clip read(byte[] file, MediaLimits limits) throws MediaException {
        return backend.read(new BytesSource("a.pdf", file), new Sampling.Uniform(8), limits);
    }

    private static byte[] blank(int pages) throws IOException {
        try (PDDocument document = new PDDocument()) {
            for (int i = 0; i < pages; i++) {
                document.addPage(new PDPage());
            }
            return saved(document);
        }
    }

    private static byte[] saved(PDDocument document) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        document.save(out);
        return out.toByteArray();
    }

    private static MediaLimits dpi(int dpi) {
        return limits(1000, dpi, 256 << 20, Duration.ofMinutes(2));
    }

    private static MediaLimits limits(int pages, int dpi, long memory, Duration timeout) {
        MediaLimits all = MediaLimits.DEFAULT;
        return new MediaLimits(
                all.maxBytes(),
                all.maxDuration(),
                all.maxPixels(),
                all.maxFrames(),
                timeout,
                pages,
                dpi,
                memory);
    }
}
