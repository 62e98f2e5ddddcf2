package org.vidvec.model;

/**
 * A vector and what it cost.
 *
 * @param vector [dims], norm 1
 * @param tokens number of tokens that the decoder read for it
 */
public record Embedding(float[] vector, int tokens) {}
