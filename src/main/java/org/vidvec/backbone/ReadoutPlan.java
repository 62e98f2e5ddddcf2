package org.vidvec.backbone;

/**
 * What is read from a network.
 *
 * @param layer decoder layer whose output is read, 0 (input embeddings) .. layers; the final norm
 *     is applied iff it is the last; without head rows no later layer is run
 * @param pooling how the tokens of a sequence become one vector
 * @param headRows token ids whose logits at the last token are wanted; empty for none
 * @param wholeHead whether the logits of all tokens are wanted, in the order of their ids, instead
 */
public record ReadoutPlan(int layer, Pooling pooling, long[] headRows, boolean wholeHead) {

    /** Without the whole head. */
    public ReadoutPlan(int layer, Pooling pooling, long[] headRows) {
        this(layer, pooling, headRows, false);
    }

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

    /** The state of the last token after a layer, and the logits of all tokens. */
    public static ReadoutPlan nextToken(int layer) {
        return new ReadoutPlan(layer, Pooling.LAST, new long[0], true);
    }

    /** Whether any logits are wanted. */
    public boolean hasLogits() {
        return wholeHead || headRows.length > 0;
    }
}
