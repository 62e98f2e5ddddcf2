package org.vidvec.world;

/**
 * A question about a clip or a page.
 *
 * @param text ends with a question mark
 * @param answer a word or a few; a short caption where an event is asked for
 */
public record Question(String text, String answer) {}
