package org.vidvec.family;

import java.util.function.UnaryOperator;
import org.vidvec.backbone.WeightPlan;
import org.vidvec.engine.Checkpoint;

/** The tensors of a PaliGemma checkpoint's tower, and what its names stand behind. */
final class PaliGemmaWeights {

    private static final String TOWER = "vision_tower.";
    private static final String RELEASED_TOWER = "vision_tower.vision_model.";

    private PaliGemmaWeights() {}

    /**
     * Asks for the tower and its projector.
     *
     * @param checkpoint tells the names
     */
    static WeightPlan of(SiglipConfig c, int hidden, Checkpoint checkpoint) {
        boolean released =
                checkpoint.entries().keySet().stream().anyMatch(n -> n.startsWith(RELEASED_TOWER));
        WeightPlan plan = new WeightPlan(published(released ? RELEASED_TOWER : TOWER));
        String embeddings = TOWER + "embeddings.";
        plan.need(embeddings + "patch_embedding.weight", c.embed(), 3, c.patch(), c.patch());
        plan.need(embeddings + "patch_embedding.bias", c.embed());
        plan.need(embeddings + "position_embedding.weight", c.tokens(), c.embed());
        SiglipLayers.need(plan, TOWER, c.layers(), c.embed(), c.intermediate());
        plan.linear("multi_modal_projector.linear", hidden, c.embed());
        return plan;
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
}
