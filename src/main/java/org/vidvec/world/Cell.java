package org.vidvec.world;

/**
 * The part of the picture that a figure stays in, in parts of the picture's width and height.
 *
 * @param x middle, 0 to 1
 * @param y middle, 0 to 1
 */
record Cell(double x, double y, double width, double height) {

    private static final double MARGIN = 0.02;

    // travel below this can't be seen in 84 pixels under noise
    private static final double LEAST_TRAVEL = 0.1;
    private static final double LEAST_ORBIT = 0.09;

    /** By number of figures, 1 to 3; in parts of the shorter side. */
    private static final double[] SMALL = {0.145, 0.12, 0.095};

    private static final double[] LARGE = {0.24, 0.21, 0.15};
    private static final double[] LEAST = {0.08, 0.07, 0.06};

    /** Cell {@code index} of {@code count} figures side by side, or the whole. */
    static Cell of(Arrangement arrangement, int index, int count) {
        double middle = (index + 0.5) / count;
        return switch (arrangement) {
            case ROW -> new Cell(middle, 0.5, 1.0 / count, 1);
            case COLUMN -> new Cell(0.5, middle, 1, 1.0 / count);
            default -> new Cell(0.5, 0.5, 1, 1);
        };
    }

    /** Radius of a figure, largest one if it changes, in parts of the shorter side. */
    static double radius(Size size, int figures) {
        return size == Size.SMALL ? SMALL[figures - 1] : LARGE[figures - 1];
    }

    /** Radius from which a figure grows. */
    static double leastRadius(int figures) {
        return LEAST[figures - 1];
    }

    /** How far the middle of a figure may be from the cell's, to the left or right. */
    double roomX(double radius) {
        return Math.max(0, width / 2 - radius - MARGIN);
    }

    /** How far the middle of a figure may be from the cell's, up or down. */
    double roomY(double radius) {
        return Math.max(0, height / 2 - radius - MARGIN);
    }

    /** Whether a motion is large enough in here to be seen. */
    boolean hasRoom(Figure figure, int figures) {
        double radius = radius(figure.size(), figures);
        double x = roomX(radius);
        double y = roomY(radius);
        return switch (figure.motion()) {
            case ORBIT -> Math.min(x, y) >= LEAST_ORBIT;
            case BOUNCE -> 2 * y >= LEAST_TRAVEL;
            default ->
                    (figure.motion().dx() == 0 || 2 * x >= LEAST_TRAVEL)
                            && (figure.motion().dy() == 0 || 2 * y >= LEAST_TRAVEL);
        };
    }
}
