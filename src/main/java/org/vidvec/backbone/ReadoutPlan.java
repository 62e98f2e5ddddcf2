package org.vidvec.backbone;

/**
 * What is read from a network.
 *
 * @param layer decoder layer whose output is read, 0 (input embeddings) .. layers; the final norm
 *     is applied iff it is the last; without head rows no later layer is run
 * @param pooling how the tokens of a sequence become one vector
 * @param headRows token ids whose logits at the last token are wanted; empty for none
 */
public record ReadoutPlan(int layer, Pooling pooling, long[] headRows) {

    /** How the tokens of a sequence become one vector. */
    public enum Pooling {
        /** The last token (VidVec, VLM2Vec-V2). */
        LAST,
        /** The mean over all tokens. */
        MEAN
    }

    /** A state only. */
    public static ReadoutPlan state(int layer, Pooling pooling) {
        return new ReadoutPlan(layer, pooling, new long[0]);
    }
}
