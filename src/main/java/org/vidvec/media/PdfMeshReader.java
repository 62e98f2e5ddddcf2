package org.vidvec.media;

import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;

/**
 * The triangles of a mesh (ISO 32000-1, 8.7.4.5.5 to 8: free-form, lattice, Coons and tensor
 * patches), one after the other, none kept.
 */
final class PdfMeshReader {

    private static final int FREE_FORM = 4;
    private static final int LATTICE = 5;
    private static final int COONS = 6;

    private static final COSName BITS_PER_COORDINATE = COSName.getPDFName("BitsPerCoordinate");
    private static final COSName BITS_PER_FLAG = COSName.getPDFName("BitsPerFlag");
    private static final COSName VERTICES_PER_ROW = COSName.getPDFName("VerticesPerRow");

    // a lattice keeps two rows
    private static final int MOST_PER_ROW = 1 << 16;

    /**
     * A corner.
     *
     * @param x in pixels of the page
     * @param y in pixels of the page
     * @param colour one value for each colour of the shading, or for its function
     */
    record Vertex(double x, double y, float[] colour) {}

    /** Gets the triangles in the order in which they are painted. */
    interface Taker {
        void take(Vertex a, Vertex b, Vertex c) throws IOException;
    }

    private final COSStream stream;
    private final int type;
    private final int colours;
    private final AffineTransform toPixels;
    private final int coordinateBits;
    private final int colourBits;
    private final int flagBits;
    private final float[] decode;
    private InputStream in;
    private int bitsLeft;
    private int current;

    /**
     * @param colours values of a colour
     * @throws IOException if a field is missing or beyond what the standard allows
     */
    PdfMeshReader(COSStream stream, int colours, AffineTransform toPixels) throws IOException {
        this.stream = stream;
        this.type = stream.getInt(COSName.SHADING_TYPE);
        this.colours = colours;
        this.toPixels = toPixels;
        this.coordinateBits = bits(stream, BITS_PER_COORDINATE, 32);
        this.colourBits = bits(stream, COSName.BITS_PER_COMPONENT, 16);
        this.flagBits = type == LATTICE ? 0 : bits(stream, BITS_PER_FLAG, 8);
        COSArray ranges = stream.getCOSArray(COSName.DECODE);
        this.decode = ranges == null ? new float[0] : ranges.toFloatArray();
        if (decode.length < 4 + 2 * colours) {
            throw new IOException("[Decode] of a mesh has [" + decode.length + "] values");
        }
    }

    private static int bits(COSDictionary dictionary, COSName name, int most) throws IOException {
        int bits = dictionary.getInt(name);
        if (bits < 1 || bits > most) {
            throw new IOException("[" + name.getName() + "] of a mesh is [" + bits + "]");
        }
        return bits;
    }

    /**
     * Reads the stream once; what is cut off at its end is left out.
     *
     * @throws IOException if it can't be unpacked, or the taker throws it
     */
    void read(Taker taker) throws IOException {
        try (InputStream unpacked = new BufferedInputStream(stream.createInputStream())) {
            in = unpacked;
            bitsLeft = 0;
            switch (type) {
                case FREE_FORM -> readTriangles(taker);
                case LATTICE -> readLattice(taker);
                default -> readPatches(taker);
            }
        } catch (EOFException e) {
            // the usual end
        }
    }

    private void readTriangles(Taker taker) throws IOException {
        Vertex a = null;
        Vertex b = null;
        Vertex c = null;
        while (true) {
            int flag = (int) bits(flagBits) & 3;
            Vertex next = vertex();
            if (flag == 0 || c == null) {
                a = next;
                bits(flagBits);
                b = vertex();
                bits(flagBits);
                next = vertex();
            } else if (flag == 1) {
                a = b;
                b = c;
            } else {
                b = c;
            }
            c = next;
            taker.take(a, b, c);
        }
    }

    private void readLattice(Taker taker) throws IOException {
        int perRow = stream.getInt(VERTICES_PER_ROW);
        if (perRow < 2 || perRow > MOST_PER_ROW) {
            throw new IOException("[VerticesPerRow] of a mesh is [" + perRow + "]");
        }
        Vertex[] above = null;
        while (true) {
            Vertex[] row = new Vertex[perRow];
            for (int i = 0; i < perRow; i++) {
                row[i] = vertex();
            }
            for (int i = 1; i < perRow && above != null; i++) {
                taker.take(above[i - 1], above[i], row[i - 1]);
                taker.take(above[i], row[i - 1], row[i]);
            }
            above = row;
        }
    }

    private void readPatches(Taker taker) throws IOException {
        int points = type == COONS ? 12 : 16;
        Point2D[] before = null;
        float[][] coloursBefore = null;
        while (true) {
            int flag = (int) bits(flagBits) & 3;
            Point2D[] now = new Point2D[points];
            float[][] colour = new float[4][];
            boolean joined = flag > 0 && before != null;
            // an edge goes on from the patch before: its four points and two colours
            for (int i = 0; i < (joined ? 4 : 0); i++) {
                now[i] = before[(3 * flag + i) % 12];
            }
            for (int i = 0; i < (joined ? 2 : 0); i++) {
                colour[i] = coloursBefore[(flag + i) % 4];
            }
            for (int i = joined ? 4 : 0; i < points; i++) {
                now[i] = point();
            }
            for (int i = joined ? 2 : 0; i < 4; i++) {
                colour[i] = colour();
            }
            new PdfPatch(now, colour).triangles(taker);
            before = now;
            coloursBefore = colour;
        }
    }

    private Vertex vertex() throws IOException {
        Point2D point = point();
        float[] colour = colour();
        // each begins at a whole byte
        bitsLeft = 0;
        return new Vertex(point.getX(), point.getY(), colour);
    }

    private Point2D point() throws IOException {
        double x = value(coordinateBits, 0);
        double y = value(coordinateBits, 1);
        return toPixels.transform(new Point2D.Double(x, y), null);
    }

    private float[] colour() throws IOException {
        float[] colour = new float[colours];
        for (int i = 0; i < colours; i++) {
            colour[i] = (float) value(colourBits, 2 + i);
        }
        return colour;
    }

    private double value(int bits, int range) throws IOException {
        double part = bits(bits) / (double) ((1L << bits) - 1);
        return decode[2 * range] + part * (decode[2 * range + 1] - decode[2 * range]);
    }

    /** The next bits as a number, high ones first. */
    private long bits(int count) throws IOException {
        long value = 0;
        for (int left = count; left > 0; ) {
            if (bitsLeft == 0) {
                current = in.read();
                bitsLeft = 8;
                if (current < 0) {
                    throw new EOFException();
                }
            }
            int taken = Math.min(left, bitsLeft);
            bitsLeft -= taken;
            left -= taken;
            value = value << taken | current >> bitsLeft & (1 << taken) - 1;
        }
        return value;
    }
}
