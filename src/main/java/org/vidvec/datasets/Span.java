package org.vidvec.datasets;

/**
 * A stretch of time.
 *
 * @param start in seconds from the first frame
 * @param end in seconds; not before the start
 */
public record Span(double start, double end) {

    /**
     * @throws IllegalArgumentException if a number is not finite, or they are not in order
     */
    public Span {
        if (Double.isFinite(start) == false || Double.isFinite(end) == false || end < start) {
            throw new IllegalArgumentException(
                    "a span from [" + start + "] to [" + end + "] seconds has no length");
        }
    }

    /** Its length in seconds. */
    public double seconds() {
        return end - start;
    }

    /** Intersection over union, 0..1; 0 for two spans without length. */
    public double iou(Span other) {
        double shared = Math.max(0, Math.min(end, other.end) - Math.max(start, other.start));
        double all = seconds() + other.seconds() - shared;
        return all > 0 ? shared / all : 0;
    }
}
