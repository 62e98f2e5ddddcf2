package org.vidvec.family;

import java.util.List;
import org.vidvec.backbone.WeightPlan;
import org.vidvec.engine.Checkpoint;

/**
 * The tensors of a VideoLLaMA3 checkpoint: the two layouts differ in what stands before the names.
 *
 * @param decoder what stands for {@code model.} of the graph sources
 * @param vision what stands for {@code vision.}
 * @param projector what stands for {@code projector.}
 */
record VideoLlama3Weights(String decoder, String vision, String projector) {

    /** As transformers writes it. */
    static final VideoLlama3Weights NATIVE =
            new VideoLlama3Weights(
                    "model.language_model.", "model.vision_model.", "model.projector.");

    /** As first released. */
    static final VideoLlama3Weights RELEASED =
            new VideoLlama3Weights("model.", "model.vision_encoder.", "model.mm_projector.");

    /** What fine-tuning with the released code writes. */
    private static final VideoLlama3Weights RELEASED_TWICE =
            new VideoLlama3Weights(
                    "model.", "model.vision_encoder.vision_encoder.", "model.mm_projector.");

    /** The names of a checkpoint, told by its tower's. */
    static VideoLlama3Weights of(Checkpoint checkpoint) {
        for (VideoLlama3Weights names : List.of(NATIVE, RELEASED_TWICE)) {
            if (checkpoint.entries().containsKey(names.published("vision.post_layernorm.weight"))) {
                return names;
            }
        }
        return RELEASED;
    }

    /** Asks for the tower and its projector. */
    WeightPlan plan(VideoLlama3VisionConfig c, long hidden) {
        WeightPlan plan = new WeightPlan(this::published);
        String embedding = "vision.embeddings.patch_embedding";
        plan.need(embedding + ".weight", c.hidden(), c.channels(), c.patch(), c.patch());
        plan.need(embedding + ".bias", c.hidden());
        SiglipLayers.need(plan, "vision.", c.layers(), c.hidden(), c.intermediate());
        plan.linear("projector.readout.0", hidden, c.hidden());
        return plan.linear("projector.readout.2", hidden, hidden);
    }

    private String published(String name) {
        if (name.startsWith("vision.")) {
            return vision + name.substring("vision.".length());
        }
        if (name.startsWith("projector.")) {
            return projector + name.substring("projector.".length());
        }
        return name.startsWith("model.") ? decoder + name.substring("model.".length()) : name;
    }
}
