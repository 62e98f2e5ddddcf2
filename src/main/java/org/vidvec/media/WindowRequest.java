package org.vidvec.media;

/**
 * What is wanted of a video's moments.
 *
 * @param windows where they lie
 * @param sampling which frames of each window
 * @param maxWindows a video that gives more is refused before anything is decoded
 * @param setting what that limit is called where it was set
 */
public record WindowRequest(Windows windows, Sampling sampling, int maxWindows, String setting) {

    /** With the limit's name in requests. */
    public WindowRequest(Windows windows, Sampling sampling, int maxWindows) {
        this(windows, sampling, maxWindows, "max_moments");
    }
}
