package org.vidvec.family;

import java.util.List;
import org.vidvec.backbone.DecoderWeights;
import org.vidvec.backbone.WeightPlan;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.WeightEntry;

/**
 * The tensors of a decoder without a vision tower, in the names of HF {@code ...ForCausalLM} or,
 * without {@code model.}, of the bare model (as Qwen3-Embedding is released).
 */
final class TextWeights {

    private static final String BARE = "embed_tokens.weight";
    private static final String HEAD = "lm_head.weight";

    private TextWeights() {}

    /**
     * Finds what a network with the first {@code layers} decoder layers needs. The bare model of an
     * untied checkpoint has no head; its embedding table stands in, and what it answers means
     * nothing.
     *
     * @param head whether logits are wanted; an untied head is left on disk otherwise
     * @throws CheckpointException if a tensor is missing or does not fit the config
     */
    static List<WeightEntry> find(
            Checkpoint checkpoint, TextConfig config, int layers, boolean head)
            throws CheckpointException {
        WeightPlan plan = new WeightPlan();
        boolean headless =
                checkpoint.entries().containsKey(BARE)
                        && checkpoint.entries().containsKey(HEAD) == false;
        boolean own = config.tied() == false && headless == false;
        DecoderWeights.need(plan, config.text(), layers, head && own);
        return plan.findIn(checkpoint);
    }
}
