package org.vidvec.datasets;

/**
 * A text that is true or false of a medium, for "does it match?".
 *
 * @param medium id of the medium
 * @param difficulty as the set names it; empty if it does not
 */
public record Claim(String medium, String text, boolean matches, String difficulty) {}
