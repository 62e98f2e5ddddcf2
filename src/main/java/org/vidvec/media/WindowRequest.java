package org.vidvec.media;

/**
 * What is wanted of a video's moments.
 *
 * @param windows where they lie
 * @param sampling which frames of each window
 * @param maxWindows a video that gives more is refused before anything is decoded
 */
public record WindowRequest(Windows windows, Sampling sampling, int maxWindows) {}
