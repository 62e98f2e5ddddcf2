package org.vidvec.backbone;

import java.util.List;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.WeightEntry;

/**
 * The tensors of a decoder without a vision tower, in the names of HF {@code ...ForCausalLM} or,
 * without {@code model.}, of the bare model (as Qwen3-Embedding is released).
 */
final class TextWeights {

    private static final String PREFIX = "model.";
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
        boolean bare = checkpoint.entries().containsKey(published(DecoderWeights.EMBEDDINGS));
        WeightPlan plan = bare ? new WeightPlan(TextWeights::published) : new WeightPlan();
        boolean own = config.tied() == false && (bare == false || hasHead(checkpoint));
        DecoderWeights.need(plan, config.text(), layers, head && own);
        return plan.findIn(checkpoint);
    }

    private static boolean hasHead(Checkpoint checkpoint) {
        return checkpoint.entries().containsKey(HEAD);
    }

    private static String published(String name) {
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }
}
