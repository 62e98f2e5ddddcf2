package org.vidvec.model;

/** A model with its weights in memory. Thread-safe; closing it frees the weights. */
public interface LoadedModel extends AutoCloseable {

    /** What it is. */
    ModelInfo info();

    /** Turns contents into vectors. */
    Embedder embedder();

    /** Turns contents into vectors of every layer. */
    LayerEmbedder layerEmbedder();

    /** Judges matches with the model's own head. */
    Matcher matcher();

    /** Compares candidates with each other. */
    Ranker ranker();

    /** Writes about contents. */
    Writer writer();

    /** Where its weights lie: {@code cpu} or {@code cuda:0} and so on. */
    String device();

    /** Bytes of weights that it holds, mapped or allocated. */
    long memoryBytes();

    @Override
    void close();
}
