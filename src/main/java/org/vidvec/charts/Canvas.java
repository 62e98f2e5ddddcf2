package org.vidvec.charts;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A picture to draw on, white at first. Coordinates are pixels from the upper left corner. */
final class Canvas {

    static final int BLACK = 0x202020;
    static final int GREY = 0xBBBBBB;
    static final int WHITE = 0xFFFFFF;

    private final BufferedImage image;

    Canvas(int width, int height) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, WHITE);
            }
        }
    }

    /** A dot; nothing outside of the picture. */
    void dot(int x, int y, int colour) {
        if (x >= 0 && y >= 0 && x < image.getWidth() && y < image.getHeight()) {
            image.setRGB(x, y, colour);
        }
    }

    /** A straight line. */
    void line(double x0, double y0, double x1, double y1, int colour) {
        int steps = (int) Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)));
        for (int i = 0; i <= steps; i++) {
            double at = steps == 0 ? 0 : (double) i / steps;
            dot(
                    (int) Math.round(x0 + at * (x1 - x0)),
                    (int) Math.round(y0 + at * (y1 - y0)),
                    colour);
        }
    }

    /** The frame of a rectangle. */
    void frame(int x, int y, int width, int height, int colour) {
        line(x, y, x + width, y, colour);
        line(x, y + height, x + width, y + height, colour);
        line(x, y, x, y + height, colour);
        line(x + width, y, x + width, y + height, colour);
    }

    /** A filled rectangle. */
    void fill(int x, int y, int width, int height, int colour) {
        for (int row = y; row < y + height; row++) {
            line(x, row, x + width - 1, row, colour);
        }
    }

    /** A filled circle. */
    void disc(double x, double y, int radius, int colour) {
        for (int dy = -radius; dy <= radius; dy++) {
            for (int dx = -radius; dx <= radius; dx++) {
                if (dx * dx + dy * dy <= radius * radius) {
                    dot((int) Math.round(x) + dx, (int) Math.round(y) + dy, colour);
                }
            }
        }
    }

    /** Two lines across. */
    void cross(double x, double y, int radius, int colour) {
        line(x - radius, y - radius, x + radius, y + radius, colour);
        line(x - radius, y + radius, x + radius, y - radius, colour);
    }

    /** Letters of 7 pixels, from the upper left corner on. */
    void text(int x, int y, String text, int colour) {
        for (int i = 0; i < text.length(); i++) {
            for (int row = 0; row < Letters.HEIGHT; row++) {
                for (int column = 0; column < Letters.WIDTH; column++) {
                    if (Letters.dot(text.charAt(i), column, row)) {
                        dot(x + i * Letters.ADVANCE + column, y + row, colour);
                    }
                }
            }
        }
    }

    /** Width of a text in pixels. */
    static int width(String text) {
        return text.length() * Letters.ADVANCE;
    }

    /** The picture as a PNG file. */
    byte[] png() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory", e);
        }
        return out.toByteArray();
    }
}
