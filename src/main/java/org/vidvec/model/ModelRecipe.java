package org.vidvec.model;

/**
 * What a model's card says about its vectors and scores, for users.
 *
 * @param attention of its decoder
 * @param pooling states to vector: last, mean or kv_former
 * @param query instructions of what searches
 * @param document instructions of what is found
 * @param moment instructions of what searches for a part of a video
 * @param longVideos how long videos become a vector; null for as all others
 * @param calibration how the head's logits become a score where a request does not say
 * @param licence of the weights; empty if neither card nor README say
 */
public record ModelRecipe(
        Attention attention,
        String pooling,
        Instructions query,
        Instructions document,
        Instructions moment,
        LongVideos longVideos,
        CardCalibration calibration,
        String licence) {

    private static final Instructions SILENT = new Instructions("", "", "", "", "");

    /** The last token of a causal decoder, without a word. */
    public static final ModelRecipe PLAIN =
            new ModelRecipe(
                    Attention.CAUSAL,
                    "last",
                    SILENT,
                    SILENT,
                    SILENT,
                    null,
                    CardCalibration.NONE,
                    "");

    static ModelRecipe of(ModelCard card, ModelFamily family) {
        return new ModelRecipe(
                family.attention(),
                card.poolingName(),
                card.query(),
                card.document(),
                card.instructions(EmbedInput.Role.MOMENT),
                card.use().longVideos(),
                card.match().calibration(),
                card.licence());
    }
}
