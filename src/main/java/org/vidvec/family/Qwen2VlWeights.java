package org.vidvec.family;

import java.util.List;
import org.vidvec.backbone.DecoderWeights;
import org.vidvec.backbone.WeightPlan;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.WeightEntry;

/** The tensors of a Qwen2-VL checkpoint, under their published names, in network order. */
final class Qwen2VlWeights {

    private Qwen2VlWeights() {}

    /**
     * Finds what a network with the first {@code layers} decoder layers needs.
     *
     * @param head whether logits are wanted; an untied head is left on disk otherwise
     * @throws CheckpointException if a tensor is missing or does not fit the config
     */
    static List<WeightEntry> find(
            Checkpoint checkpoint, Qwen2VlConfig config, int layers, boolean head)
            throws CheckpointException {
        WeightPlan plan = new WeightPlan();
        vision(plan, config.vision());
        DecoderWeights.need(plan, config.text(), layers, head && config.tied() == false);
        return plan.findIn(checkpoint);
    }

    private static void vision(WeightPlan plan, Qwen2VisionConfig c) {
        plan.need(
                "visual.patch_embed.proj.weight",
                c.embed(),
                c.channels(),
                c.temporalPatch(),
                c.patch(),
                c.patch());
        for (int i = 0; i < c.layers(); i++) {
            String at = "visual.blocks." + i + ".";
            plan.norm(at + "norm1", c.embed());
            plan.linear(at + "attn.qkv", 3L * c.embed(), c.embed());
            plan.linear(at + "attn.proj", c.embed(), c.embed());
            plan.norm(at + "norm2", c.embed());
            plan.linear(at + "mlp.fc1", c.intermediate(), c.embed());
            plan.linear(at + "mlp.fc2", c.embed(), c.intermediate());
        }
        long merged = (long) c.merge() * c.merge() * c.embed();
        plan.norm("visual.merger.ln_q", c.embed());
        plan.linear("visual.merger.mlp.0", merged, merged);
        plan.linear("visual.merger.mlp.2", c.output(), merged);
    }
}
