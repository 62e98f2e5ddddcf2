package org.vidvec.family;

import java.util.List;
import org.vidvec.backbone.DecoderWeights;
import org.vidvec.backbone.WeightPlan;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.WeightEntry;

/** The tensors of a Qwen3-VL checkpoint: decoder and tower are below {@code model.} in it. */
final class Qwen3VlWeights {

    private Qwen3VlWeights() {}

    /**
     * Finds what a network with the first {@code layers} decoder layers needs.
     *
     * @param head whether logits are wanted; an untied head is left on disk otherwise
     * @throws CheckpointException if a tensor is missing or does not fit the config
     */
    static List<WeightEntry> find(
            Checkpoint checkpoint, Qwen3VlConfig config, int layers, boolean head)
            throws CheckpointException {
        WeightPlan plan = new WeightPlan(Qwen3VlWeights::published);
        vision(plan, config.vision());
        DecoderWeights.need(plan, config.text(), layers, head && config.tied() == false);
        return plan.findIn(checkpoint);
    }

    private static String published(String name) {
        if (name.startsWith("model.")) {
            return "model.language_" + name;
        }
        return name.startsWith("visual.") ? "model." + name : name;
    }

    private static void vision(WeightPlan plan, Qwen3VisionConfig c) {
        plan.need(
                "visual.patch_embed.proj.weight",
                c.embed(),
                c.channels(),
                c.temporalPatch(),
                c.patch(),
                c.patch());
        plan.need("visual.patch_embed.proj.bias", c.embed());
        plan.need("visual.pos_embed.weight", c.positions(), c.embed());
        for (int i = 0; i < c.layers(); i++) {
            String at = "visual.blocks." + i + ".";
            plan.norm(at + "norm1", c.embed());
            plan.linear(at + "attn.qkv", 3L * c.embed(), c.embed());
            plan.linear(at + "attn.proj", c.embed(), c.embed());
            plan.norm(at + "norm2", c.embed());
            plan.linear(at + "mlp.linear_fc1", c.intermediate(), c.embed());
            plan.linear(at + "mlp.linear_fc2", c.embed(), c.intermediate());
        }
        long merged = (long) c.merge() * c.merge() * c.embed();
        merger(plan, "visual.merger.", c.embed(), merged, c.output());
        for (int i = 0; i < c.deepstack().size(); i++) {
            String at = "visual.deepstack_merger_list." + i + ".";
            merger(plan, at, merged, merged, c.output());
        }
    }

    private static void merger(WeightPlan plan, String at, long norm, long merged, long output) {
        plan.norm(at + "norm", norm);
        plan.linear(at + "linear_fc1", merged, merged);
        plan.linear(at + "linear_fc2", output, merged);
    }
}
