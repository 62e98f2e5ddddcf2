package org.vidvec.moments;

/**
 * A window of a video and how well it matches.
 *
 * @param start in seconds from the first frame
 * @param end in seconds, after {@code start}
 * @param score cosine of query and window, -1 to 1
 */
public record ScoredWindow(double start, double end, double score) {

    /** Its middle, in seconds. */
    double middle() {
        return (start + end) / 2;
    }
}
