package org.vidvec.world;

/**
 * One scene of a long video.
 *
 * @param start in seconds from the first frame
 * @param end in seconds; the first moment at which it is over
 */
public record Event(double start, double end, Scene scene) {

    /**
     * @param seconds a moment of the video
     * @return 0 at the start, towards 1 at the end; outside if it is not on
     */
    double progress(double seconds) {
        return (seconds - start) / (end - start);
    }

    boolean isOn(double seconds) {
        return seconds >= start && seconds < end;
    }
}
