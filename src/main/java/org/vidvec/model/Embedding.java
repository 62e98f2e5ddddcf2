package org.vidvec.model;

/**
 * A vector and what it cost.
 *
 * @param vector [dims], norm 1
 * @param tokens number of tokens that the decoder read for it
 * @param written tokens that the model wrote for it (ViLL-E §3.2); 0 of models that write none
 */
public record Embedding(float[] vector, int tokens, int written) {

    /** Nothing was written for it. */
    public Embedding(float[] vector, int tokens) {
        this(vector, tokens, 0);
    }
}
