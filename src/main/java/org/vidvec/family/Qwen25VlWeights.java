package org.vidvec.family;

import org.vidvec.backbone.WeightPlan;

/** The tensors of Qwen2.5-VL's vision tower, under their published names. */
final class Qwen25VlWeights {

    private Qwen25VlWeights() {}

    static WeightPlan of(QwenVisionConfig c) {
        WeightPlan plan = new WeightPlan();
        c.needPatches(plan);
        for (int i = 0; i < c.layers(); i++) {
            String at = "visual.blocks." + i + ".";
            plan.need(at + "norm1.weight", c.embed());
            c.needAttention(plan, at);
            plan.need(at + "norm2.weight", c.embed());
            plan.linear(at + "mlp.gate_proj", c.intermediate(), c.embed());
            plan.linear(at + "mlp.up_proj", c.intermediate(), c.embed());
            plan.linear(at + "mlp.down_proj", c.embed(), c.intermediate());
        }
        plan.need("visual.merger.ln_q.weight", c.embed());
        plan.linear("visual.merger.mlp.0", c.merged(), c.merged());
        plan.linear("visual.merger.mlp.2", c.output(), c.merged());
        return plan;
    }
}
