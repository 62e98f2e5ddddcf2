package org.vidvec.media;

import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.List;

/**
 * The paths that a page is cut to, made of lines alone. {@link java.awt.geom.Area}, which PDFBox
 * cuts with, takes a minute and a gigabyte for two paths of 300 curves whose numbers are bent; for
 * lines the time is known.
 */
final class PdfClips {

    /** How far a line may lie from its curve, in pixels: nobody sees it. */
    private static final double FLATNESS = 0.1;

    // measured on lines that all cross each other, which take seconds, rounded up
    private static final double NANOS_PER_PAIR = 45;

    private PdfClips() {}

    /**
     * Makes curves into lines.
     *
     * @param clips all paths that are in force, changed in place
     * @param scale pixels per unit of the paths
     * @param budget asked before, since what follows can't be stopped
     * @throws PdfBudget.Spent if there is less time left than it may take
     */
    static void straighten(List<Path2D> clips, double scale, PdfBudget budget)
            throws PdfBudget.Spent {
        double flatness = FLATNESS / Math.max(scale, 1e-3);
        double lines = 0;
        for (Path2D clip : clips) {
            for (PathIterator i = clip.getPathIterator(null, flatness); !i.isDone(); i.next()) {
                lines++;
            }
            budget.spendTime(lines * lines * NANOS_PER_PAIR);
        }
        for (Path2D clip : clips) {
            if (curved(clip)) {
                Path2D.Double straight = new Path2D.Double(clip.getWindingRule());
                straight.append(clip.getPathIterator(null, flatness), false);
                clip.reset();
                clip.append(straight, false);
            }
        }
    }

    private static boolean curved(Path2D path) {
        double[] at = new double[6];
        for (PathIterator i = path.getPathIterator(null); !i.isDone(); i.next()) {
            int type = i.currentSegment(at);
            if (type == PathIterator.SEG_QUADTO || type == PathIterator.SEG_CUBICTO) {
                return true;
            }
        }
        return false;
    }
}
