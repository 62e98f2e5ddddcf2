package org.vidvec.media;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.media.MediaException.Reason;

/**
 * Pages that take minutes end at the time limit: without it, each of these tests runs until the
 * test framework stops it.
 */
public class PdfWatchTests extends ESTestCase {

    private static final Duration LIMIT = Duration.ofMillis(500);

    private final MediaBackend backend = new PdfBackend(MediaFiles.natives());

    public void testManyOperators() throws Exception {
        assertStopped(
                PdfFiles.page(
                        "0 0 600 700 re f 0.5 0 0 rg 10 10 m 500 700 l S\n".repeat(2_000_000)));
    }

    public void testManyGlyphs() throws Exception {
        String text = "(" + "mmmmmmmmmmmmmmmmmmmm".repeat(200_000) + ") Tj";
        assertStopped(PdfFiles.page("BT /F 200 Tf 0.001 0 0 1 0 100 Tm " + text + " ET"));
    }

    /** One command: it is known before that it takes longer. */
    public void testOneHugePath() throws Exception {
        StringBuilder path = new StringBuilder("0 0 m\n");
        for (int i = 0; i < 200_000; i++) {
            path.append(i % 600).append(i % 2 == 0 ? " 790 l\n" : " 1 l\n");
        }
        for (String how : new String[] {"f*", "S", "B", "W n"}) {
            assertStopped(PdfFiles.page(path + how));
        }
    }

    /** Found by bending bytes: few curves with which a page is cut, all across each other. */
    public void testCurvesThatCut() throws Exception {
        Random random = new Random(1);
        StringBuilder page = new StringBuilder();
        for (int path = 0; path < 2; path++) {
            page.append("300 400 m\n");
            for (int i = 0; i < 600; i++) {
                for (int k = 0; k < 6; k++) {
                    page.append(100 + random.nextInt(400)).append(' ');
                }
                page.append("c\n");
            }
            page.append("W* n\n");
        }
        assertStopped(PdfFiles.page(page + "0 0 600 700 re f"));
    }

    /** A circle of four curves. */
    public void testACircleCutsOutItsArea() throws Exception {
        String circle =
                "506 396 m 506 506.46 416.46 596 306 596 c 195.54 596 106 506.46 106 396 c"
                        + " 106 285.54 195.54 196 306 196 c 416.46 196 506 285.54 506 396 c h W n ";
        Clip clip =
                read(PdfFiles.page(circle + "1 0 0 rg 0 0 612 792 re f"), Duration.ofMinutes(1));
        double[] mean = clip.frames().get(0).meanRgb();
        assertEquals(255, mean[0], 0.5);
        assertEquals(255 * (1 - Math.PI * 200 * 200 / (612 * 792)), mean[1], 0.5);
    }

    /** Found by bending bytes: curves to numbers of nineteen digits, and a pen as wide. */
    public void testCurvesToFarAway() throws Exception {
        Random random = new Random(1);
        String[] numbers = {"8946671139631923180", "-4392955712000000", "41.3", "-29.7", "482.6"};
        StringBuilder path = new StringBuilder("482 481 m\n");
        for (int i = 0; i < 60; i++) {
            for (int k = 0; k < 6; k++) {
                path.append(numbers[random.nextInt(numbers.length)]).append(' ');
            }
            path.append("c\n");
        }
        for (String how : new String[] {"f*", "s", "b"}) {
            for (String pen : new String[] {"1 w ", "8946671139631923180 w 1 j "}) {
                Clip clip = read(PdfFiles.page(pen + path + how), Duration.ofSeconds(20));
                assertEquals(1, clip.frames().size());
            }
        }
        String letters = "BT /F 8946671139631923180 Tf 10 10 Td (S) Tj ET";
        assertEquals(1, read(PdfFiles.page(letters), Duration.ofSeconds(20)).frames().size());
    }

    public void testTinyDashes() throws Exception {
        assertStopped(PdfFiles.page("[0.00001] 0 d 1 w " + "0 5 m 600 700 l S\n".repeat(100)));
    }

    /** A shading whose colour is a program that runs for each pixel. */
    public void testSlowShading() throws Exception {
        for (boolean indirect : new boolean[] {true, false}) {
            try (PDDocument document = new PDDocument()) {
                PDPage page = PdfFiles.content(document, "/S sh");
                COSDictionary shading = shading(document);
                COSDictionary all = new COSDictionary();
                all.setItem(COSName.getPDFName("S"), shading);
                shading.setDirect(indirect == false);
                page.getResources().getCOSObject().setItem(COSName.SHADING, all);
                assertStopped(PdfFiles.saved(document));
            }
        }
    }

    private static COSDictionary shading(PDDocument document) throws IOException {
        COSStream function = document.getDocument().createCOSStream();
        function.setInt(COSName.FUNCTION_TYPE, 4);
        function.setItem(COSName.DOMAIN, PdfFiles.numbers(0, 1, 0, 1));
        function.setItem(COSName.RANGE, PdfFiles.numbers(0, 1));
        try (var out = function.createOutputStream()) {
            String program = "{ add " + "sin cos ".repeat(4_000) + "}";
            out.write(program.getBytes(StandardCharsets.US_ASCII));
        }
        COSDictionary shading = new COSDictionary();
        shading.setInt(COSName.SHADING_TYPE, 1);
        shading.setItem(COSName.COLORSPACE, COSName.DEVICEGRAY);
        shading.setItem(COSName.MATRIX, PdfFiles.numbers(600, 0, 0, 800, 0, 0));
        shading.setItem(COSName.FUNCTION, function);
        return shading;
    }

    public void testOrdinaryPathsAreDrawn() throws Exception {
        String drawing = "0 0 1 rg 0 0 306 792 re f 1 0 0 RG 4 w [3 2] 0 d 0 0 m 612 792 l S";
        Clip clip = read(PdfFiles.page(drawing), Duration.ofMinutes(1));
        double[] mean = clip.frames().get(0).meanRgb();
        // half of it is blue, half white
        assertEquals(127.5, mean[0], 2);
        assertEquals(255, mean[2], 2);
    }

    /** Of one colour, 40, 160, 220; half a page of it. */
    public void testJpeg2000() throws Exception {
        byte[] file =
                picture("JPXDecode", MediaFiles.bytes("made/sky.jp2"), "306 0 0 792 0 0 cm /I Do");
        double[] mean = read(file, Duration.ofMinutes(1)).frames().get(0).meanRgb();
        assertArrayEquals(new double[] {(40 + 255) / 2.0, 207.5, 237.5}, mean, 1.5);
    }

    /** A page that is little else is refused; a small one is left out of its page. */
    public void testUnreadPicturesAreNamed() throws Exception {
        String[][] filters = {{"JPXDecode", "JPEG 2000"}, {"JBIG2Decode", "JBIG2"}};
        for (String[] filter : filters) {
            byte[] scan = picture(filter[0], new byte[64], "612 0 0 400 0 0 cm /I Do");
            MediaException e =
                    expectThrows(MediaException.class, () -> read(scan, Duration.ofMinutes(1)));
            assertEquals(Reason.UNSUPPORTED, e.reason());
            assertEquals(
                    "could not decode [a.pdf]: a page of it is a picture in "
                            + filter[1]
                            + ", which is not read in PDFs; save it with its pictures as JPEG",
                    e.getMessage());
            byte[] logo =
                    picture(
                            filter[0],
                            new byte[64],
                            "1 0 0 rg 0 0 306 792 re f 60 0 0 60 400 400 cm /I Do");
            double[] mean = read(logo, Duration.ofMinutes(1)).frames().get(0).meanRgb();
            assertEquals(255, mean[0], 1);
            assertEquals(127.5, mean[1], 1);
        }
    }

    private static byte[] picture(String filter, byte[] packed, String content) throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDPage page = PdfFiles.content(document, content);
            COSStream picture = document.getDocument().createCOSStream();
            picture.setItem(COSName.TYPE, COSName.XOBJECT);
            picture.setItem(COSName.SUBTYPE, COSName.IMAGE);
            picture.setInt(COSName.WIDTH, 8);
            picture.setInt(COSName.HEIGHT, 8);
            picture.setInt(COSName.BITS_PER_COMPONENT, 8);
            picture.setItem(COSName.COLORSPACE, COSName.DEVICERGB);
            try (var out = picture.createRawOutputStream()) {
                out.write(packed);
            }
            picture.setItem(COSName.FILTER, COSName.getPDFName(filter));
            COSDictionary all = new COSDictionary();
            all.setItem(COSName.getPDFName("I"), picture);
            page.getResources().getCOSObject().setItem(COSName.XOBJECT, all);
            return PdfFiles.saved(document);
        }
    }

    private void assertStopped(byte[] file) {
        MediaException e = expectThrows(MediaException.class, () -> read(file, LIMIT));
        assertEquals(e.getMessage(), Reason.OVER_LIMIT, e.reason());
        assertTrue(
                e.getMessage(),
                e.getMessage()
                        .startsWith(
                                "decoding [a.pdf] takes longer than the limit of [0.5s] set by"
                                        + " [vidvec.media.decode_timeout]"));
    }

    private Clip read(byte[] file, Duration timeout) throws MediaException {
        MediaLimits all = MediaLimits.DEFAULT;
        return backend.read(
                new BytesSource("a.pdf", file),
                new Sampling.Uniform(1),
                new MediaLimits(
                        all.maxBytes(),
                        all.maxDuration(),
                        all.maxPixels(),
                        all.maxFrames(),
                        timeout));
    }
}
