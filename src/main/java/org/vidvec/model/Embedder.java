package org.vidvec.model;

import java.util.List;

/** Turns contents into vectors. Thread-safe. */
public interface Embedder {

    /**
     * One vector per input, in their order; the result for an input does not depend on the others.
     *
     * @throws ModelException of kind INPUT if an input does not fit the model (a type that it does
     *     not take, too many tokens)
     */
    List<Embedding> embed(List<EmbedInput> batch) throws ModelException;

    /** How many decoder tokens {@code input} will take, for batches by token budget; cheap. */
    int countTokens(EmbedInput input) throws ModelException;
}
