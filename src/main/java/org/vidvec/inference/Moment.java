package org.vidvec.inference;

/**
 * A part of a video and its vector.
 *
 * @param start in seconds from the first frame
 * @param end in seconds
 * @param vector [dims], norm 1
 * @param caption what the model writes about it; null where nobody asked
 */
public record Moment(double start, double end, float[] vector, String caption) {}
