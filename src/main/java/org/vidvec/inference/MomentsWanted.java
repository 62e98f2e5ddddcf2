package org.vidvec.inference;

import org.vidvec.media.Windows;
import org.vidvec.moments.Aggregate;

/**
 * That a video's windows are to be embedded too.
 *
 * @param windows where they lie
 * @param max a video that gives more is refused
 * @param limit what {@code max} is called where it was set
 * @param keep whether their vectors are wanted back; else they serve to {@code aggregate} only
 * @param aggregate how their vectors become the video's; null where the video has one of its own
 * @param aggregateFrom seconds: shorter videos have a vector of their own all the same
 */
public record MomentsWanted(
        Windows windows,
        int max,
        String limit,
        boolean keep,
        Aggregate aggregate,
        double aggregateFrom) {

    /** Whether a video of {@code seconds} gets its vector from its windows. */
    boolean aggregates(double seconds) {
        return aggregate != null && seconds >= aggregateFrom;
    }

    /** Whether the windows of a video of {@code seconds} are of any use. */
    boolean isFor(double seconds) {
        return keep || aggregates(seconds);
    }
}
