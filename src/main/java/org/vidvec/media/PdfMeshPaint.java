package org.vidvec.media;

import java.awt.Paint;
import java.awt.PaintContext;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Arrays;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.graphics.color.PDColorSpace;
import org.apache.pdfbox.pdmodel.graphics.shading.PDShading;
import org.apache.pdfbox.util.Matrix;
import org.vidvec.media.PdfMeshReader.Vertex;

/**
 * Paints a mesh of triangles or patches. PDFBox would hold all triangles with the points of their
 * edges at once, gigabytes for a file of some kilobytes; here each is drawn when it is read.
 *
 * @param matrix from the shading's coordinates to the page's
 */
record PdfMeshPaint(PDShading shading, Matrix matrix, PdfBudget budget) implements Paint {

    private static final int OPAQUE = 0xff << 24;

    @Override
    public int getTransparency() {
        return TRANSLUCENT;
    }

    /**
     * @throws PdfBudget.Over if there is not enough memory or time
     */
    @Override
    public PaintContext createContext(
            ColorModel model,
            Rectangle device,
            Rectangle2D user,
            AffineTransform transform,
            RenderingHints hints) {
        Pixels pixels = new Pixels(device);
        AffineTransform toPixels = new AffineTransform(transform);
        toPixels.concatenate(matrix.createAffineTransform());
        try {
            budget.spend((long) Integer.BYTES * device.width * device.height);
            pixels.draw(toPixels);
        } catch (IOException e) {
            // PDFBox draws what there is of a damaged shading; a refusal is for good
            budget.checkTimeUnchecked();
        }
        return pixels;
    }

    /** A part of the page, on which triangles are drawn one over the other. */
    private final class Pixels implements PaintContext {

        private final Rectangle area;
        private final long before;
        private int[] argb = new int[0];
        private PDColorSpace space;
        private boolean byFunction;

        private Pixels(Rectangle area) {
            this.area = area;
            this.before = budget.mark();
        }

        private void draw(AffineTransform toPixels) throws IOException {
            argb = new int[area.width * area.height];
            space = shading.getColorSpace();
            COSArray background = shading.getBackground();
            if (background != null) {
                Arrays.fill(argb, code(space.toRGB(background.toFloatArray())));
            }
            if (shading.getCOSObject() instanceof COSStream stream) {
                byFunction = stream.getDictionaryObject(COSName.FUNCTION) != null;
                int colours = byFunction ? 1 : space.getNumberOfComponents();
                new PdfMeshReader(stream, colours, toPixels).read(this::triangle);
            }
        }

        private void triangle(Vertex a, Vertex b, Vertex c) throws IOException {
            budget.checkTime();
            double top = Math.min(a.y(), Math.min(b.y(), c.y()));
            double bottom = Math.max(a.y(), Math.max(b.y(), c.y()));
            int first = (int) Math.max(area.y, Math.floor(top));
            int last = (int) Math.min(area.y + area.height - 1, Math.ceil(bottom));
            for (int y = first; y <= last; y++) {
                row(y, a, b, c);
            }
        }

        /** The pixels whose middles lie between the edges, by barycentric coordinates. */
        private void row(int y, Vertex a, Vertex b, Vertex c) throws IOException {
            double area2 = (b.x() - a.x()) * (c.y() - a.y()) - (c.x() - a.x()) * (b.y() - a.y());
            double left = Math.min(a.x(), Math.min(b.x(), c.x()));
            double right = Math.max(a.x(), Math.max(b.x(), c.x()));
            int first = (int) Math.max(area.x, Math.floor(left));
            int last = (int) Math.min(area.x + area.width - 1, Math.ceil(right));
            if (area2 == 0 || last < first) {
                return;
            }
            budget.checkTime();
            double py = y + 0.5;
            for (int x = first; x <= last; x++) {
                double px = x + 0.5;
                double wa = ((b.x() - px) * (c.y() - py) - (c.x() - px) * (b.y() - py)) / area2;
                double wb = ((c.x() - px) * (a.y() - py) - (a.x() - px) * (c.y() - py)) / area2;
                double wc = 1 - wa - wb;
                if (wa >= 0 && wb >= 0 && wc >= 0) {
                    argb[(y - area.y) * area.width + x - area.x] =
                            code(rgb(a.colour(), wa, b.colour(), wb, c.colour(), wc));
                }
            }
        }

        private float[] rgb(float[] a, double wa, float[] b, double wb, float[] c, double wc)
                throws IOException {
            float[] mixed = new float[a.length];
            for (int i = 0; i < a.length; i++) {
                mixed[i] = (float) (wa * a[i] + wb * b[i] + wc * c[i]);
            }
            return space.toRGB(byFunction ? shading.evalFunction(mixed) : mixed);
        }

        private static int code(float[] rgb) {
            return OPAQUE | level(rgb[0]) << 16 | level(rgb[1]) << 8 | level(rgb[2]);
        }

        private static int level(float part) {
            return Math.round(255 * Math.max(0, Math.min(1, part)));
        }

        @Override
        public ColorModel getColorModel() {
            return ColorModel.getRGBdefault();
        }

        @Override
        public Raster getRaster(int x, int y, int width, int height) {
            budget.checkTimeUnchecked();
            WritableRaster raster = getColorModel().createCompatibleWritableRaster(width, height);
            Rectangle there =
                    argb.length == 0
                            ? new Rectangle()
                            : area.intersection(new Rectangle(x, y, width, height));
            for (int row = there.y; row < there.y + there.height; row++) {
                int[] line = new int[there.width];
                int from = (row - area.y) * area.width + there.x - area.x;
                System.arraycopy(argb, from, line, 0, line.length);
                raster.setDataElements(there.x - x, row - y, line.length, 1, line);
            }
            return raster;
        }

        @Override
        public void dispose() {
            argb = new int[0];
            budget.backTo(before);
        }
    }
}
