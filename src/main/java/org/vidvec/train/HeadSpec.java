package org.vidvec.train;

import org.vidvec.backbone.KvFormerConfig;

/**
 * A KV-Former that is learnt beside the network (ViLL-E §3.2); new, with random weights.
 *
 * @param poolingTokens learnt keys, and learnt values: 256 in the paper
 * @param mlp width of its MLP: 16384 in the paper
 * @param heads of its attention: 8 in the paper
 * @param gemmaLayer whether it is a whole Gemma layer, with norms, residuals and a gate
 */
public record HeadSpec(int poolingTokens, int mlp, int heads, boolean gemmaLayer) {

    /** Its sizes over states of a length. */
    KvFormerConfig config(int hidden) {
        return new KvFormerConfig(hidden, heads, poolingTokens, mlp, 1e-6);
    }
}
