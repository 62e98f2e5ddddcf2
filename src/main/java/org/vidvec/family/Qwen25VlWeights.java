package org.vidvec.family;

import java.util.List;
import org.vidvec.backbone.DecoderWeights;
import org.vidvec.backbone.WeightPlan;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.WeightEntry;

/** The tensors of a Qwen2.5-VL checkpoint, under their published names. */
final class Qwen25VlWeights {

    private Qwen25VlWeights() {}

    /**
     * Finds what a network with the first {@code layers} decoder layers needs.
     *
     * @param head whether logits are wanted; an untied head is left on disk otherwise
     * @throws CheckpointException if a tensor is missing or does not fit the config
     */
    static List<WeightEntry> find(
            Checkpoint checkpoint, Qwen25VlConfig config, int layers, boolean head)
            throws CheckpointException {
        WeightPlan plan = new WeightPlan();
        vision(plan, config.vision());
        DecoderWeights.need(plan, config.text(), layers, head && config.tied() == false);
        return plan.findIn(checkpoint);
    }

    private static void vision(WeightPlan plan, Qwen25VisionConfig c) {
        plan.need(
                "visual.patch_embed.proj.weight",
                c.embed(),
                c.channels(),
                c.temporalPatch(),
                c.patch(),
                c.patch());
        for (int i = 0; i < c.layers(); i++) {
            String at = "visual.blocks." + i + ".";
            plan.need(at + "norm1.weight", c.embed());
            plan.linear(at + "attn.qkv", 3L * c.embed(), c.embed());
            plan.linear(at + "attn.proj", c.embed(), c.embed());
            plan.need(at + "norm2.weight", c.embed());
            plan.linear(at + "mlp.gate_proj", c.intermediate(), c.embed());
            plan.linear(at + "mlp.up_proj", c.intermediate(), c.embed());
            plan.linear(at + "mlp.down_proj", c.embed(), c.intermediate());
        }
        long merged = (long) c.merge() * c.merge() * c.embed();
        plan.need("visual.merger.ln_q.weight", c.embed());
        plan.linear("visual.merger.mlp.0", merged, merged);
        plan.linear("visual.merger.mlp.2", c.output(), merged);
    }
}
