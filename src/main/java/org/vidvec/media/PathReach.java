package org.vidvec.media;

import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;

/**
 * How far from a page its drawing may reach. The JDK's renderer splits a curve to numbers that are
 * larger by far for minutes, and can't be stopped; up to here it takes milliseconds.
 */
final class PathReach {

    private static final double MOST_PIXELS = 1e7;

    private PathReach() {}

    /** Whether something of a size in pixels may be drawn as it is. */
    static boolean holds(double pixels) {
        return Math.abs(pixels) <= MOST_PIXELS;
    }

    /** The most, in units. */
    static double most(double pixelsPerUnit) {
        return MOST_PIXELS / Math.max(pixelsPerUnit, Float.MIN_NORMAL);
    }

    /** Moves points that lie beyond to where the reach ends; changes the path in place. */
    static void limit(Path2D path, double pixelsPerUnit) {
        double most = most(pixelsPerUnit);
        if (isWithin(path, most)) {
            return;
        }
        double[] at = new double[6];
        Path2D.Double near = new Path2D.Double(path.getWindingRule());
        for (PathIterator i = path.getPathIterator(null); !i.isDone(); i.next()) {
            int type = i.currentSegment(at);
            for (int k = 0; k < numbers(type); k++) {
                at[k] = Math.clamp(at[k], -most, most);
            }
            add(near, type, at);
        }
        path.reset();
        path.append(near, false);
    }

    // nearly every path does: nothing is copied for it
    private static boolean isWithin(Path2D path, double most) {
        double[] at = new double[6];
        for (PathIterator i = path.getPathIterator(null); !i.isDone(); i.next()) {
            int type = i.currentSegment(at);
            for (int k = 0; k < numbers(type); k++) {
                if (Math.abs(at[k]) > most) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int numbers(int type) {
        return switch (type) {
            case PathIterator.SEG_CLOSE -> 0;
            case PathIterator.SEG_QUADTO -> 4;
            case PathIterator.SEG_CUBICTO -> 6;
            default -> 2;
        };
    }

    private static void add(Path2D path, int type, double[] at) {
        switch (type) {
            case PathIterator.SEG_MOVETO -> path.moveTo(at[0], at[1]);
            case PathIterator.SEG_LINETO -> path.lineTo(at[0], at[1]);
            case PathIterator.SEG_QUADTO -> path.quadTo(at[0], at[1], at[2], at[3]);
            case PathIterator.SEG_CUBICTO -> path.curveTo(at[0], at[1], at[2], at[3], at[4], at[5]);
            default -> path.closePath();
        }
    }
}
