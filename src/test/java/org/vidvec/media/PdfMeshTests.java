package org.vidvec.media;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.elasticsearch.test.ESTestCase;

/**
 * Shadings by triangles and patches (ISO 32000-1, 8.7.4.5.5 to 8), on a page of 612 x 792 points:
 * what they cover and the mean of their colours, by arithmetic.
 */
public class PdfMeshTests extends ESTestCase {

    private static final double PAGE = 612 * 792;
    private static final double LEVELS = 1;

    private final MediaBackend backend = new PdfBackend(MediaFiles.natives());

    /** What is written of a vertex or patch: 16-bit coordinates from 0 to 1000, 8-bit colours. */
    private static final class Mesh {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        Mesh flag(int flag) throws IOException {
            out.writeByte(flag);
            return this;
        }

        Mesh points(double... coordinates) throws IOException {
            for (double coordinate : coordinates) {
                out.writeShort((int) Math.round(coordinate / 1000 * 65_535));
            }
            return this;
        }

        Mesh colours(int... levels) throws IOException {
            for (int level : levels) {
                out.writeByte(level);
            }
            return this;
        }
    }

    /** Two triangles that share an edge: a square of 400 points. */
    private static Mesh freeForm() throws IOException {
        Mesh mesh = new Mesh();
        mesh.flag(0).points(100, 100).colours(255, 0, 0);
        mesh.flag(0).points(500, 100).colours(255, 0, 0);
        mesh.flag(0).points(100, 500).colours(255, 0, 0);
        return mesh.flag(1).points(500, 500).colours(255, 0, 0);
    }

    public void testFreeForm() throws Exception {
        assertMean(page(4, freeForm(), 1000, "/S sh"), 160_000, 255, 0, 0);
    }

    public void testLattice() throws Exception {
        Mesh mesh = new Mesh();
        // dark below, light above
        mesh.points(100, 100).colours(0, 0, 0).points(500, 100).colours(0, 0, 0);
        mesh.points(100, 500).colours(200, 100, 50).points(500, 500).colours(200, 100, 50);
        assertMean(page(5, mesh, 1000, "/S sh"), 160_000, 100, 50, 25);
    }

    /** Two squares, the second joined to the first at its right edge. */
    public void testCoonsPatches() throws Exception {
        Mesh mesh = new Mesh().flag(0);
        mesh.points(100, 100, 100, 200, 100, 300, 100, 400);
        mesh.points(200, 400, 300, 400, 400, 400, 400, 300, 400, 200, 400, 100);
        mesh.points(300, 100, 200, 100);
        mesh.colours(255, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 255);
        assertMean(page(6, mesh, 1000, "/S sh"), 90_000, 127.5, 0, 127.5);
        // from (400, 400) down to (400, 100), then along the bottom, up, and back
        mesh.flag(2);
        mesh.points(450, 100, 500, 100, 550, 100, 550, 200, 550, 300, 550, 400);
        mesh.points(500, 400, 450, 400).colours(0, 0, 255, 0, 0, 255);
        double blue = (90_000 * 127.5 + 45_000 * 255) / 135_000;
        assertMean(page(6, mesh, 1000, "/S sh"), 135_000, 90_000 * 127.5 / 135_000, 0, blue);
    }

    public void testTensorPatchAsAPattern() throws Exception {
        Mesh mesh = new Mesh().flag(0);
        mesh.points(100, 100, 100, 200, 100, 300, 100, 400);
        mesh.points(200, 400, 300, 400, 400, 400, 400, 300, 400, 200, 400, 100);
        mesh.points(300, 100, 200, 100, 200, 200, 200, 300, 300, 300, 300, 200);
        mesh.colours(0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0);
        // the page is filled, the pattern covers 300 x 300 of it
        byte[] file = page(7, mesh, 1000, "/Pattern cs /P scn 0 0 612 792 re f");
        assertMean(file, 90_000, 0, 255, 0);
    }

    /** PDFBox holds each point of each edge: gigabytes for corners this far away. */
    public void testEdgesFarBeyondThePage() throws Exception {
        assertMean(page(4, freeForm(), 1_000_000_000, "/S sh"), 0, 0, 0, 0);
    }

    /** PDFBox makes 512 triangles of each: gigabytes for a file of some kilobytes. */
    public void testVeryManyPatches() throws Exception {
        Mesh mesh = new Mesh();
        for (int i = 0; i < 200_000; i++) {
            mesh.flag(0).points(new double[24]).colours(new int[12]);
        }
        byte[] file = page(6, mesh, 1000, "/S sh ");
        assertTrue(file.length + "", file.length < 100_000);
        MediaException e =
                expectThrows(MediaException.class, () -> read(file, Duration.ofMillis(100)));
        assertEquals(MediaException.Reason.OVER_LIMIT, e.reason());
        assertTrue(e.getMessage(), e.getMessage().contains("[vidvec.media.decode_timeout]"));
    }

    /** Numbers of no bits would be read for ever. */
    public void testMeshWithoutSizesIsNotDrawn() throws Exception {
        byte[] file = page(4, freeForm(), 0, "/S sh");
        assertMean(file, 0, 0, 0, 0);
    }

    /** That much of the page has this mean colour, the rest is white. */
    private void assertMean(byte[] file, double area, double... rgb) throws Exception {
        double[] expected = new double[3];
        for (int c = 0; c < 3; c++) {
            expected[c] = (area * rgb[c] + (PAGE - area) * 255) / PAGE;
        }
        double[] mean = read(file, Duration.ofMinutes(1)).frames().get(0).meanRgb();
        assertArrayEquals(expected, mean, LEVELS);
    }

    private Clip read(byte[] file, Duration timeout) throws MediaException {
        MediaLimits all = MediaLimits.DEFAULT;
        MediaLimits limits =
                new MediaLimits(
                        all.maxBytes(),
                        all.maxDuration(),
                        all.maxPixels(),
                        all.maxFrames(),
                        timeout,
                        1,
                        72,
                        all.maxMemory());
        return backend.read(new BytesSource("a.pdf", file), new Sampling.Uniform(1), limits);
    }

    /**
     * @param reach of the coordinates; 0: numbers have no bits
     */
    private static byte[] page(int type, Mesh mesh, float reach, String content)
            throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDPage page = PdfFiles.content(document, content);
            COSStream shading = document.getDocument().createCOSStream();
            shading.setInt(COSName.SHADING_TYPE, type);
            shading.setItem(COSName.COLORSPACE, COSName.DEVICERGB);
            shading.setInt("BitsPerCoordinate", reach > 0 ? 16 : 0);
            shading.setInt(COSName.BITS_PER_COMPONENT, reach > 0 ? 8 : 0);
            shading.setInt("BitsPerFlag", reach > 0 ? 8 : 0);
            shading.setInt("VerticesPerRow", 2);
            shading.setItem(
                    COSName.DECODE,
                    PdfFiles.numbers(
                            reach > 1000 ? -reach : 0,
                            reach > 1000 ? -reach + 1 : 1000,
                            reach > 1000 ? -reach : 0,
                            reach > 1000 ? reach : 1000,
                            0,
                            1,
                            0,
                            1,
                            0,
                            1));
            try (var out = shading.createOutputStream(COSName.FLATE_DECODE)) {
                mesh.bytes.writeTo(out);
            }
            COSDictionary pattern = new COSDictionary();
            pattern.setInt(COSName.PATTERN_TYPE, 2);
            pattern.setItem(COSName.SHADING, shading);
            page.getResources().getCOSObject().setItem(COSName.SHADING, named("S", shading));
            page.getResources().getCOSObject().setItem(COSName.PATTERN, named("P", pattern));
            return PdfFiles.saved(document);
        }
    }

    private static COSDictionary named(String name, COSDictionary value) {
        COSDictionary all = new COSDictionary();
        all.setItem(COSName.getPDFName(name), value);
        return all;
    }
}
