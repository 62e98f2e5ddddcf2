package org.vidvec.family;

import java.util.List;
import org.vidvec.backbone.WeightPlan;

/** The layers of a SigLIP encoder, which PaliGemma and VideoLLaMA3 look with. */
final class SiglipLayers {

    private static final List<String> PROJECTIONS =
            List.of("q_proj", "k_proj", "v_proj", "out_proj");

    private SiglipLayers() {}

    /**
     * Asks for them.
     *
     * @param tower what stands before {@code encoder.}
     */
    static void need(WeightPlan plan, String tower, int layers, long embed, long intermediate) {
        for (int i = 0; i < layers; i++) {
            String at = tower + "encoder.layers." + i + ".";
            plan.norm(at + "layer_norm1", embed);
            for (String projection : PROJECTIONS) {
                plan.linear(at + "self_attn." + projection, embed, embed);
            }
            plan.norm(at + "layer_norm2", embed);
            plan.linear(at + "mlp.fc1", intermediate, embed);
            plan.linear(at + "mlp.fc2", embed, intermediate);
        }
        plan.norm(tower + "post_layernorm", embed);
    }
}
