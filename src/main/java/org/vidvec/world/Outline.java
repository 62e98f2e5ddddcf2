package org.vidvec.world;

/**
 * How far a point is from the edge of a {@link Shape} of radius 1 around the origin, below 0
 * inside; y points down. Near the edge it is exact enough to blend one pixel by.
 */
final class Outline {

    private static final double SQUARE = 0.85;
    private static final double RING_MIDDLE = 0.74;
    private static final double RING_HALF = 0.26;
    private static final double ARM = 0.34;
    private static final double RHOMBUS = 0.62;
    private static final double RHOMBUS_NORM = Math.sqrt(1 + RHOMBUS * RHOMBUS);

    // half the base, and where it lies, of a triangle whose top is at -1
    private static final double BASE_HALF = 0.92;
    private static final double BASE = 0.72;
    private static final double SIDE = Math.sqrt(BASE_HALF * BASE_HALF + (1 + BASE) * (1 + BASE));

    // cosine and sine of 36 degrees, and the inner radius of the star
    private static final double COS36 = 0.809016994375;
    private static final double SIN36 = 0.587785252292;
    private static final double INNER = 0.45;

    private static final double HEART = 0.6;

    private Outline() {}

    static double distance(Shape shape, double x, double y) {
        return switch (shape) {
            case CIRCLE -> length(x, y) - 1;
            case RING -> Math.abs(length(x, y) - RING_MIDDLE) - RING_HALF;
            case SQUARE -> Math.max(Math.abs(x), Math.abs(y)) - SQUARE;
            case DIAMOND -> (Math.abs(x) + RHOMBUS * Math.abs(y) - RHOMBUS) / RHOMBUS_NORM;
            case CROSS -> {
                double a = Math.abs(x);
                double b = Math.abs(y);
                yield Math.max(Math.min(a, b) - ARM, Math.max(a, b) - 1);
            }
            case TRIANGLE ->
                    Math.max(y - BASE, (Math.abs(x) * (1 + BASE) - (y + 1) * BASE_HALF) / SIDE);
            case STAR -> star(Math.abs(x), -y);
            case HEART -> heart(Math.abs(x) * HEART, 0.55 - y * HEART) / HEART;
            case MOON -> Math.max(length(x, y) - 1, 0.82 - length(x - 0.5, y + 0.15));
        };
    }

    /** Five points, folded into half of one. */
    private static double star(double px, double py) {
        double fold = 2 * Math.max(COS36 * px - SIN36 * py, 0);
        double x = px - fold * COS36;
        double y = py + fold * SIN36;
        fold = 2 * Math.max(-COS36 * x - SIN36 * y, 0);
        x = Math.abs(x + fold * COS36);
        y = y + fold * SIN36 - 1;
        double edgeX = INNER * SIN36;
        double edgeY = INNER * COS36 - 1;
        double along = (x * edgeX + y * edgeY) / (edgeX * edgeX + edgeY * edgeY);
        double h = Math.max(0, Math.min(1, along));
        double d = length(x - edgeX * h, y - edgeY * h);
        return y * edgeX - x * edgeY < 0 ? -d : d;
    }

    /** Two circles over a corner; x at least 0, y up, the tip at the origin. */
    private static double heart(double x, double y) {
        if (x + y > 1) {
            return length(x - 0.25, y - 0.75) - Math.sqrt(2) / 4;
        }
        double m = 0.5 * Math.max(x + y, 0);
        double d = Math.min(length(x, y - 1), length(x - m, y - m));
        return x < y ? -d : d;
    }

    private static double length(double x, double y) {
        return Math.sqrt(x * x + y * y);
    }
}
