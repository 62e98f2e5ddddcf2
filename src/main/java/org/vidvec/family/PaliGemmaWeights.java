package org.vidvec.family;

import java.util.List;
import java.util.function.UnaryOperator;
import org.vidvec.backbone.DecoderWeights;
import org.vidvec.backbone.WeightPlan;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.WeightEntry;

/** The tensors of a PaliGemma checkpoint, in network order. */
final class PaliGemmaWeights {

    private static final String TOWER = "vision_tower.";
    private static final String RELEASED_TOWER = "vision_tower.vision_model.";

    private PaliGemmaWeights() {}

    /**
     * Finds what a network with the first {@code layers} decoder layers needs.
     *
     * @param head whether logits are wanted
     * @throws CheckpointException if a tensor is missing or does not fit the config
     */
    static List<WeightEntry> find(
            Checkpoint checkpoint, PaliGemmaConfig config, int layers, boolean head)
            throws CheckpointException {
        boolean released =
                checkpoint.entries().keySet().stream().anyMatch(n -> n.startsWith(RELEASED_TOWER));
        WeightPlan plan = new WeightPlan(published(released ? RELEASED_TOWER : TOWER));
        vision(plan, config.vision(), config.text().hidden());
        DecoderWeights.need(plan, config.text(), layers, head && config.tied() == false);
        return plan.findIn(checkpoint);
    }

    /** transformers 5 writes the tower's names without {@code vision_model.}. */
    private static UnaryOperator<String> published(String tower) {
        return name -> {
            if (name.startsWith(TOWER)) {
                return tower + name.substring(TOWER.length());
            }
            return name.startsWith("multi_modal_projector.") ? name : "language_model." + name;
        };
    }

    private static void vision(WeightPlan plan, SiglipConfig c, int hidden) {
        String embeddings = TOWER + "embeddings.";
        plan.need(embeddings + "patch_embedding.weight", c.embed(), 3, c.patch(), c.patch());
        plan.need(embeddings + "patch_embedding.bias", c.embed());
        plan.need(embeddings + "position_embedding.weight", c.tokens(), c.embed());
        for (int i = 0; i < c.layers(); i++) {
            String at = TOWER + "encoder.layers." + i + ".";
            plan.norm(at + "layer_norm1", c.embed());
            for (String projection : List.of("q_proj", "k_proj", "v_proj", "out_proj")) {
                plan.linear(at + "self_attn." + projection, c.embed(), c.embed());
            }
            plan.norm(at + "layer_norm2", c.embed());
            plan.linear(at + "mlp.fc1", c.intermediate(), c.embed());
            plan.linear(at + "mlp.fc2", c.embed(), c.intermediate());
        }
        plan.norm(TOWER + "post_layernorm", c.embed());
        plan.linear("multi_modal_projector.linear", hidden, c.embed());
    }
}
