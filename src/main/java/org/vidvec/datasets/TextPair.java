package org.vidvec.datasets;

/**
 * Two texts about the same thing, which need no pixels (VidVec §3.4).
 *
 * @param id of what they are about
 * @param detailed all that is to be said
 * @param brief the same in few words
 */
public record TextPair(String id, String detailed, String brief) {}
