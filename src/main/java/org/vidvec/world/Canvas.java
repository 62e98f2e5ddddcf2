package org.vidvec.world;

/** Draws smooth shapes into one frame of RGB bytes. */
final class Canvas {

    private static final double STRIPE = 0.56;
    private static final double DOT_CELL = 0.62;
    private static final double DOT = 0.2;

    /** What the dark parts of a texture keep of the colour, of 256. */
    private static final int SHADE = 96;

    private final byte[] rgb;
    private final int offset;
    private final FrameSize size;

    /**
     * @param rgb holds the frame
     * @param offset index of its first byte
     */
    Canvas(byte[] rgb, int offset, FrameSize size) {
        this.rgb = rgb;
        this.offset = offset;
        this.size = size;
    }

    void set(int x, int y, int colour) {
        int at = offset + 3 * (y * size.width() + x);
        rgb[at] = (byte) (colour >> 16);
        rgb[at + 1] = (byte) (colour >> 8);
        rgb[at + 2] = (byte) colour;
    }

    void fill(int colour) {
        for (int x = 0; x < size.width(); x++) {
            set(x, 0, colour);
        }
        int row = 3 * size.width();
        for (int y = 1; y < size.height(); y++) {
            System.arraycopy(rgb, offset, rgb, offset + y * row, row);
        }
    }

    void figure(Figure figure, Pose pose) {
        if (pose.visible() == false) {
            return;
        }
        double r = pose.radius() * size.shorter();
        double cx = pose.x() * size.width();
        double cy = pose.y() * size.height();
        double cos = StrictMath.cos(pose.angle()) / r;
        double sin = StrictMath.sin(pose.angle()) / r;
        int dark = shade(figure.colour().rgb());
        int right = (int) Math.min(size.width() - 1, cx + r + 1);
        int bottom = (int) Math.min(size.height() - 1, cy + r + 1);
        for (int py = (int) Math.max(0, cy - r - 1); py <= bottom; py++) {
            for (int px = (int) Math.max(0, cx - r - 1); px <= right; px++) {
                double dx = px + 0.5 - cx;
                double dy = py + 0.5 - cy;
                double x = cos * dx + sin * dy;
                double y = cos * dy - sin * dx;
                int cover = cover(-Outline.distance(figure.shape(), x, y) * r);
                if (cover > 0) {
                    int texture = cover(texture(figure.texture(), x, y) * r);
                    blend(px, py, mix(figure.colour().rgb(), dark, texture), cover);
                }
            }
        }
    }

    /**
     * A rectangle with edges between pixels.
     *
     * @param left in pixels, as the others
     */
    void box(double left, double top, double right, double bottom, int colour) {
        int lastX = (int) Math.min(size.width() - 1, Math.ceil(right) - 1);
        int lastY = (int) Math.min(size.height() - 1, Math.ceil(bottom) - 1);
        for (int y = (int) Math.max(0, Math.floor(top)); y <= lastY; y++) {
            double rows = Math.min(bottom, y + 1) - Math.max(top, y);
            for (int x = (int) Math.max(0, Math.floor(left)); x <= lastX; x++) {
                double columns = Math.min(right, x + 1) - Math.max(left, x);
                blend(x, y, colour, (int) (256 * rows * columns + 0.5));
            }
        }
    }

    /** How far inside the dark part of a texture a point is, in radii. */
    private static double texture(Texture texture, double x, double y) {
        return switch (texture) {
            case PLAIN -> -1;
            case STRIPED -> {
                double t = x / STRIPE + 0.25;
                yield (Math.abs(t - Math.floor(t) - 0.5) - 0.25) * STRIPE;
            }
            case DOTTED -> {
                double u = x - DOT_CELL * Math.rint(x / DOT_CELL);
                double v = y - DOT_CELL * Math.rint(y / DOT_CELL);
                yield DOT - Math.sqrt(u * u + v * v);
            }
        };
    }

    /** Part of a pixel inside an edge that lies {@code pixels} further out, of 256. */
    private static int cover(double pixels) {
        return (int) (256 * Math.max(0, Math.min(1, pixels + 0.5)));
    }

    private static int shade(int colour) {
        return mix(0, colour, SHADE);
    }

    static int mix(int from, int to, int part) {
        int r = mixByte(from >> 16, to >> 16, part);
        int g = mixByte(from >> 8, to >> 8, part);
        return r << 16 | g << 8 | mixByte(from, to, part);
    }

    private static int mixByte(int from, int to, int part) {
        int a = from & 255;
        return a + (((to & 255) - a) * part >> 8);
    }

    private void blend(int x, int y, int colour, int part) {
        int at = offset + 3 * (y * size.width() + x);
        rgb[at] = (byte) mixByte(rgb[at], colour >> 16, part);
        rgb[at + 1] = (byte) mixByte(rgb[at + 1], colour >> 8, part);
        rgb[at + 2] = (byte) mixByte(rgb[at + 2], colour, part);
    }
}
