package org.vidvec.charts;

import java.util.List;

/**
 * Panels of pairs of points (ViLL-E, Fig. 12): a circle for a medium, a cross for its caption, a
 * grey line between the two. Lines that cross show a poor group.
 *
 * @param title of the picture
 * @param panels four rows of five; more are left out
 */
public record PointMap(String title, List<Panel> panels) {

    private static final int COLUMNS = 5;
    private static final int ROWS = 4;
    private static final int SIDE = 200;
    private static final int GAP = 26;
    private static final int CIRCLE = 0x1F5FA8;
    private static final int CROSS = 0xC8501E;
    private static final int INSIDE = 10;

    /**
     * A group.
     *
     * @param label above it
     * @param pairs each [4]: x and y of the medium, x and y of the caption
     */
    public record Panel(String label, List<double[]> pairs) {}

    /** As a PNG file. */
    public byte[] png() {
        int width = COLUMNS * (SIDE + GAP) + GAP;
        Canvas canvas = new Canvas(width, ROWS * (SIDE + GAP) + 2 * GAP);
        canvas.text(GAP, GAP / 2, title, Canvas.BLACK);
        for (int i = 0; i < Math.min(panels.size(), ROWS * COLUMNS); i++) {
            int x = GAP + i % COLUMNS * (SIDE + GAP);
            int y = 2 * GAP + i / COLUMNS * (SIDE + GAP);
            draw(canvas, panels.get(i), x, y);
        }
        return canvas.png();
    }

    private static void draw(Canvas canvas, Panel panel, int x, int y) {
        canvas.frame(x, y, SIDE, SIDE, Canvas.GREY);
        canvas.text(x, y - 10, panel.label(), Canvas.BLACK);
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (double[] pair : panel.pairs()) {
            for (int i = 0; i < pair.length; i++) {
                low[i % 2] = Math.min(low[i % 2], pair[i]);
                high[i % 2] = Math.max(high[i % 2], pair[i]);
            }
        }
        // one scale for both ways, so that distances can be compared
        double most = Math.max(high[0] - low[0], high[1] - low[1]);
        double scale = (SIDE - 2.0 * INSIDE) / Math.max(most, 1e-9);
        for (double[] pair : panel.pairs()) {
            double[] at = new double[4];
            for (int i = 0; i < at.length; i++) {
                at[i] = (i % 2 == 0 ? x : y) + INSIDE + (pair[i] - low[i % 2]) * scale;
            }
            canvas.line(at[0], at[1], at[2], at[3], Canvas.GREY);
            canvas.disc(at[0], at[1], 3, CIRCLE);
            canvas.cross(at[2], at[3], 3, CROSS);
        }
    }
}
