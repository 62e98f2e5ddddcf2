package org.vidvec.media;

import java.awt.geom.Point2D;
import java.io.IOException;
import org.vidvec.media.PdfMeshReader.Taker;
import org.vidvec.media.PdfMeshReader.Vertex;

/**
 * A curved patch of a mesh (ISO 32000-1, 8.7.4.5.7 and 8), cut into flat triangles.
 *
 * @param points 12 around its edge, or 16 with those within, in the order of the stream
 * @param colours of its four corners, in the order of the stream
 */
record PdfPatch(Point2D[] points, float[][] colours) {

    // pixels along the edge of a cell
    private static final double CELL = 4;
    private static final int MOST_CELLS = 24;

    // place in the stream of the point in column u and row v
    private static final int[][] PLACE = {
        {0, 1, 2, 3},
        {11, 12, 13, 4},
        {10, 15, 14, 5},
        {9, 8, 7, 6}
    };

    /** Hands out the triangles of a grid over it. */
    void triangles(Taker taker) throws IOException {
        double[][] x = new double[4][4];
        double[][] y = new double[4][4];
        for (int u = 0; u < 4; u++) {
            for (int v = 0; v < 4; v++) {
                int place = PLACE[u][v];
                if (place < points.length) {
                    x[u][v] = points[place].getX();
                    y[u][v] = points[place].getY();
                }
            }
        }
        if (points.length == 12) {
            fillIn(x);
            fillIn(y);
        }
        int cells = cells();
        Vertex[] before = null;
        for (int i = 0; i <= cells; i++) {
            Vertex[] row = new Vertex[cells + 1];
            for (int j = 0; j <= cells; j++) {
                row[j] = at(x, y, (double) i / cells, (double) j / cells);
            }
            for (int j = 1; j <= cells && before != null; j++) {
                taker.take(before[j - 1], before[j], row[j - 1]);
                taker.take(before[j], row[j - 1], row[j]);
            }
            before = row;
        }
    }

    private int cells() {
        double left = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double bottom = -Double.MAX_VALUE;
        for (Point2D point : points) {
            left = Math.min(left, point.getX());
            right = Math.max(right, point.getX());
            top = Math.min(top, point.getY());
            bottom = Math.max(bottom, point.getY());
        }
        double side = Math.max(right - left, bottom - top);
        return (int) Math.max(1, Math.min(MOST_CELLS, Math.ceil(side / CELL)));
    }

    /** The inner points that make a Coons patch of a tensor patch. */
    private static void fillIn(double[][] p) {
        for (int u = 1; u < 3; u++) {
            for (int v = 1; v < 3; v++) {
                // the nearest corner, and the others seen from it
                int u0 = u == 1 ? 0 : 3;
                int v0 = v == 1 ? 0 : 3;
                int u3 = 3 - u0;
                int v3 = 3 - v0;
                p[u][v] =
                        (-4 * p[u0][v0]
                                        + 6 * (p[u0][v] + p[u][v0])
                                        - 2 * (p[u0][v3] + p[u3][v0])
                                        + 3 * (p[u3][v] + p[u][v3])
                                        - p[u3][v3])
                                / 9;
            }
        }
    }

    private Vertex at(double[][] x, double[][] y, double u, double v) {
        double[] across = bernstein(u);
        double[] along = bernstein(v);
        double px = 0;
        double py = 0;
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                px += across[i] * along[j] * x[i][j];
                py += across[i] * along[j] * y[i][j];
            }
        }
        float[] colour = new float[colours[0].length];
        for (int c = 0; c < colour.length; c++) {
            double left = (1 - v) * colours[0][c] + v * colours[1][c];
            double right = (1 - v) * colours[3][c] + v * colours[2][c];
            colour[c] = (float) ((1 - u) * left + u * right);
        }
        return new Vertex(px, py, colour);
    }

    private static double[] bernstein(double t) {
        double s = 1 - t;
        return new double[] {s * s * s, 3 * t * s * s, 3 * t * t * s, t * t * t};
    }
}
