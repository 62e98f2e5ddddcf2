package org.vidvec.family;

import org.vidvec.backbone.WeightPlan;

/** The tensors of Qwen2-VL's vision tower, under their published names. */
final class Qwen2VlWeights {

    private Qwen2VlWeights() {}

    static WeightPlan of(QwenVisionConfig c) {
        WeightPlan plan = new WeightPlan();
        c.needPatches(plan);
        c.needLayers(plan, "mlp.fc1", "mlp.fc2");
        plan.norm("visual.merger.ln_q", c.embed());
        plan.linear("visual.merger.mlp.0", c.merged(), c.merged());
        plan.linear("visual.merger.mlp.2", c.output(), c.merged());
        return plan;
    }
}
