package org.vidvec.family;

import java.util.List;
import org.vidvec.backbone.DecoderWeights;
import org.vidvec.backbone.WeightPlan;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.WeightEntry;

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

    /**
     * Finds what a network with the first {@code layers} decoder layers needs.
     *
     * @param head whether logits are wanted; an untied head is left on disk otherwise
     * @throws CheckpointException if a tensor is missing or does not fit the config
     */
    List<WeightEntry> find(
            Checkpoint checkpoint, VideoLlama3Config config, int layers, boolean head)
            throws CheckpointException {
        WeightPlan plan = new WeightPlan(this::published);
        tower(plan, config.vision());
        long hidden = config.text().hidden();
        plan.linear("projector.readout.0", hidden, config.vision().hidden());
        plan.linear("projector.readout.2", hidden, hidden);
        DecoderWeights.need(plan, config.text(), layers, head && config.tied() == false);
        return plan.findIn(checkpoint);
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

    private static void tower(WeightPlan plan, VideoLlama3VisionConfig c) {
        String embedding = "vision.embeddings.patch_embedding";
        plan.need(embedding + ".weight", c.hidden(), c.channels(), c.patch(), c.patch());
        plan.need(embedding + ".bias", c.hidden());
        for (int i = 0; i < c.layers(); i++) {
            String at = "vision.encoder.layers." + i + ".";
            plan.norm(at + "layer_norm1", c.hidden());
            for (String name : List.of("q_proj", "k_proj", "v_proj", "out_proj")) {
                plan.linear(at + "self_attn." + name, c.hidden(), c.hidden());
            }
            plan.norm(at + "layer_norm2", c.hidden());
            plan.linear(at + "mlp.fc1", c.intermediate(), c.hidden());
            plan.linear(at + "mlp.fc2", c.hidden(), c.intermediate());
        }
        plan.norm("vision.post_layernorm", c.hidden());
    }
}
