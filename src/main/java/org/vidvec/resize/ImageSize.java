package org.vidvec.resize;

/**
 * Size of a picture.
 *
 * @param height in pixels
 * @param width in pixels
 */
public record ImageSize(int height, int width) {}
