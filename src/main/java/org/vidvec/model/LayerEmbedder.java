package org.vidvec.model;

import java.util.List;

/**
 * Reads every layer of the decoder in one pass, to find the one that embeds best (VidVec §4).
 * Thread-safe.
 */
public interface LayerEmbedder {

    /**
     * The vectors that the model would give if its card named layer 1, 2 .. the last.
     *
     * @return [layers][dims] for each input, in their order; norm 1
     * @throws ModelException of kind INPUT if an input does not fit the model
     */
    List<float[][]> embedEveryLayer(List<EmbedInput> batch) throws ModelException;
}
