package org.vidvec.media;

import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;

/**
 * What it takes to draw a path, known before the one call that draws it and can't be stopped.
 *
 * @param segments lines and curves
 * @param crossings how often they cross a line of the page, eight lines to a pixel as the JDK
 *     counts for its anti-aliasing
 */
record PathCost(long segments, double crossings) {

    private static final int LINES_PER_PIXEL = 8;

    // measured on paths that take seconds, rounded up
    private static final double NANOS_PER_CROSSING = 40;
    private static final double NANOS_PER_SEGMENT = 500;

    /**
     * @param path to the page's pixels through {@code transform}
     * @param page height in pixels: what lies above and below is cut off
     */
    static PathCost of(java.awt.Shape path, AffineTransform transform, double page) {
        long segments = 0;
        double crossings = 0;
        double[] at = new double[6];
        double last = 0;
        double start = 0;
        for (PathIterator i = path.getPathIterator(transform); !i.isDone(); i.next()) {
            int type = i.currentSegment(at);
            double y =
                    switch (type) {
                        case PathIterator.SEG_QUADTO -> at[3];
                        case PathIterator.SEG_CUBICTO -> at[5];
                        case PathIterator.SEG_CLOSE -> start;
                        default -> at[1];
                    };
            if (type == PathIterator.SEG_MOVETO) {
                start = y;
            } else {
                segments++;
                crossings += LINES_PER_PIXEL * Math.abs(within(y, page) - within(last, page));
            }
            last = y;
        }
        return new PathCost(segments, crossings);
    }

    private static double within(double y, double page) {
        return Math.max(0, Math.min(page, y));
    }

    /** Of filling it, in nanoseconds. */
    double fillNanos() {
        return segments * NANOS_PER_SEGMENT + crossings * NANOS_PER_CROSSING;
    }

    /**
     * Of drawing its line, in nanoseconds: each side is filled, and each dash is a path.
     *
     * @param bounds of the path in pixels
     * @param dash shortest period in pixels; 0 for none
     */
    double strokeNanos(Rectangle2D bounds, double dash) {
        double longest = bounds.getWidth() + bounds.getHeight();
        double dashes = dash > 0 ? segments * longest / dash : 0;
        return 2 * fillNanos() + dashes * NANOS_PER_SEGMENT;
    }
}
