package org.vidvec.model;

import org.vidvec.media.Sampling;

/**
 * What a model is; readable from its folder without loading weights.
 *
 * @param id name of the folder
 * @param family Hugging Face's {@code model_type}, for example {@code qwen2_vl}
 * @param fingerprint {@code sha256:} over weights, tokenizer, config and card: two models with the
 *     same one give the same vectors
 * @param dims length of its vectors
 * @param layer decoder layer that is read, 1..layers
 * @param layers number of decoder layers
 * @param parameters number of weights
 * @param dtype compute type: float32, float16 or bfloat16
 * @param sampling which frames of a video it looks at
 * @param randomWeights true if its card says that it was never trained, so that its rankings mean
 *     nothing
 * @param rerankWindow hits that a rescore judges where a search does not say
 * @param recipe how its card has it used
 */
public record ModelInfo(
        String id,
        String family,
        String fingerprint,
        int dims,
        int layer,
        int layers,
        long parameters,
        String dtype,
        Sampling sampling,
        boolean randomWeights,
        int rerankWindow,
        ModelRecipe recipe) {

    /** With the window of Elasticsearch's own rescorers, and without a word. */
    public ModelInfo(
            String id,
            String family,
            String fingerprint,
            int dims,
            int layer,
            int layers,
            long parameters,
            String dtype,
            Sampling sampling,
            boolean randomWeights) {
        this(
                id,
                family,
                fingerprint,
                dims,
                layer,
                layers,
                parameters,
                dtype,
                sampling,
                randomWeights,
                ModelUse.DEFAULT_WINDOW,
                ModelRecipe.PLAIN);
    }

    /** The same in another type. */
    ModelInfo computedIn(String other) {
        return new ModelInfo(
                id,
                family,
                fingerprint,
                dims,
                layer,
                layers,
                parameters,
                other,
                sampling,
                randomWeights,
                rerankWindow,
                recipe);
    }
}
