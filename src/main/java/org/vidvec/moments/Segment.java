package org.vidvec.moments;

/**
 * A stretch of a video that answers a query.
 *
 * @param start in seconds from the first frame
 * @param end in seconds
 * @param score of its best window
 * @param seed the middle of its best window, in seconds: where to look first
 * @param windows how many were merged into it
 */
public record Segment(double start, double end, double score, double seed, int windows) {

    /**
     * Intersection over union in time: 0 where both only touch, 1 where they are the same.
     *
     * @param other of the same video
     */
    public double iou(Segment other) {
        double shared = Math.min(end, other.end) - Math.max(start, other.start);
        if (shared <= 0) {
            return 0;
        }
        return shared / (Math.max(end, other.end) - Math.min(start, other.start));
    }
}
