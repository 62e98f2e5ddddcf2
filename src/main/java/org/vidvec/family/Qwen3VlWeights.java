package org.vidvec.family;

import org.vidvec.backbone.WeightPlan;

/** The tensors of Qwen3-VL's vision tower; it and the decoder are below {@code model.} on disk. */
final class Qwen3VlWeights {

    private Qwen3VlWeights() {}

    static WeightPlan of(Qwen3VisionConfig vision) {
        WeightPlan plan = new WeightPlan(Qwen3VlWeights::published);
        QwenVisionConfig c = vision.sizes();
        c.needPatches(plan);
        plan.need("visual.patch_embed.proj.bias", c.embed());
        plan.need("visual.pos_embed.weight", vision.positions(), c.embed());
        c.needLayers(plan, "mlp.linear_fc1", "mlp.linear_fc2");
        merger(plan, "visual.merger.", c.embed(), c);
        for (int i = 0; i < vision.deepstack().size(); i++) {
            merger(plan, "visual.deepstack_merger_list." + i + ".", c.merged(), c);
        }
        return plan;
    }

    private static String published(String name) {
        if (name.startsWith("model.")) {
            return "model.language_" + name;
        }
        return name.startsWith("visual.") ? "model." + name : name;
    }

    private static void merger(WeightPlan plan, String at, long norm, QwenVisionConfig c) {
        plan.norm(at + "norm", norm);
        plan.linear(at + "linear_fc1", c.merged(), c.merged());
        plan.linear(at + "linear_fc2", c.output(), c.merged());
    }
}
