package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A page as coloured rectangles, letters included, so that pixels and a PDF come from the same.
 *
 * @param paper 0xRRGGBB
 * @param boxes in the order in which they are painted
 */
record Drawing(int paper, List<Box> boxes) {

    /** Width of every drawing, and its height; all lengths are in these units. */
    static final double SIDE = 84;

    private static final int WHITE = 0xffffff;
    private static final int BLACK = 0x141414;

    /**
     * @param left from the left edge, in units
     * @param top from the top edge, in units
     */
    record Box(double left, double top, double width, double height, int rgb) {}

    static Drawing of(Page page) {
        Drawing drawing =
                new Drawing(
                        page instanceof Page.Sign s ? s.paper().rgb() : WHITE, new ArrayList<>());
        switch (page) {
            case Page.Sign sign -> drawing.sign(sign);
            case Page.BarChart chart -> drawing.chart(chart);
            case Page.DataTable table -> drawing.table(table);
        }
        return drawing;
    }

    private void sign(Page.Sign sign) {
        double line = 20;
        double top = (SIDE - line * sign.words().size()) / 2 + 3;
        for (int i = 0; i < sign.words().size(); i++) {
            text(sign.words().get(i), SIDE / 2, top + i * line, 2, sign.ink().rgb());
        }
    }

    private void chart(Page.BarChart chart) {
        title(chart.title());
        double ground = 71;
        double unit = 5;
        double step = (SIDE - 2) / chart.bars().size();
        for (int i = 0; i < chart.bars().size(); i++) {
            Page.Bar bar = chart.bars().get(i);
            double middle = Math.rint(1 + (i + 0.5) * step);
            double height = bar.value() * unit;
            // dark edge: pale bars would not stand out from the paper
            box(middle - 6, ground - height - 1, 12, height + 1, BLACK);
            box(middle - 5, ground - height, 10, height, chart.colour().rgb());
            text(String.valueOf(bar.value()), middle, ground - height - 9, 1, BLACK);
            text(bar.label(), middle, ground + 4, 1, BLACK);
        }
        box(3, ground, SIDE - 6, 1, BLACK);
    }

    private void table(Page.DataTable table) {
        title(table.title());
        double row = 13;
        double first = 14;
        int lines = table.rows().size() + 1;
        for (int r = 0; r <= lines; r++) {
            box(2, first + r * row, SIDE - 4, r == 1 ? 1.5 : 0.7, BLACK);
        }
        for (int c = 0; c < table.columns().size(); c++) {
            box(column(c) - 13, first, 0.7, lines * row, BLACK);
            text(table.columns().get(c), column(c), first + 4, 1, BLACK);
        }
        for (int r = 0; r < table.rows().size(); r++) {
            double top = first + (r + 1) * row + 4;
            text(table.rows().get(r), 15, top, 1, BLACK);
            for (int c = 0; c < table.columns().size(); c++) {
                text(String.valueOf(table.cells().get(r).get(c)), column(c), top, 1, BLACK);
            }
        }
    }

    private static double column(int index) {
        return 42 + index * 27;
    }

    private void title(String title) {
        text(title, SIDE / 2, 3, 1, BLACK);
    }

    private void text(String lower, double middle, double top, double scale, int rgb) {
        String text = lower.toUpperCase(Locale.ROOT);
        // whole units: at 84 pixels every dot is one pixel
        double left = Math.rint(middle - scale * Glyphs.width(text) / 2);
        for (int i = 0; i < text.length(); i++) {
            for (int y = 0; y < Glyphs.HEIGHT; y++) {
                for (int x = 0; x < Glyphs.WIDTH; x++) {
                    if (Glyphs.dot(text.charAt(i), x, y)) {
                        box(
                                left + scale * (i * Glyphs.ADVANCE + x),
                                top + scale * y,
                                scale,
                                scale,
                                rgb);
                    }
                }
            }
        }
    }

    private void box(double left, double top, double width, double height, int rgb) {
        boxes.add(new Box(left, top, width, height, rgb));
    }

    /** One picture of any size, the drawing in its middle. */
    Frames render(FrameSize size) {
        byte[] rgb = new byte[size.bytes()];
        Canvas canvas = new Canvas(rgb, 0, size);
        canvas.fill(paper);
        double scale = size.shorter() / SIDE;
        double x = (size.width() - size.shorter()) / 2.0;
        double y = (size.height() - size.shorter()) / 2.0;
        for (Box box : boxes) {
            canvas.box(
                    x + scale * box.left(),
                    y + scale * box.top(),
                    x + scale * (box.left() + box.width()),
                    y + scale * (box.top() + box.height()),
                    box.rgb());
        }
        return new Frames(1, size, rgb);
    }
}
