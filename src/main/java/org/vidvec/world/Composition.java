package org.vidvec.world;

/**
 * A clip, what should be different, and the clip that is so.
 *
 * @param source what is shown with the words
 * @param change says what differs in the target
 * @param target differs from the source in that alone
 */
public record Composition(Subject source, String change, Subject target) {}
