package org.vidvec.family;

import java.util.List;
import org.vidvec.backbone.ConfigReader;
import org.vidvec.backbone.VisionTower;
import org.vidvec.backbone.WeightPlan;
import org.vidvec.engine.CheckpointException;
import org.vidvec.prompt.Patches;

/**
 * Sizes that the vision towers of Qwen2-VL, Qwen2.5-VL and Qwen3-VL have in common, under the names
 * of config.json's vision_config.
 *
 * @param layers depth
 * @param embed width of the tower: hidden_size, embed_dim in Qwen2-VL
 * @param heads num_heads
 * @param intermediate intermediate_size, embed_dim x mlp_ratio in Qwen2-VL
 * @param channels in_channels, in_chans in released checkpoints
 * @param patches patch_size, temporal_patch_size, spatial_merge_size
 * @param output width of the decoder that reads its tokens: out_hidden_size, hidden_size in
 *     Qwen2-VL
 */
public record QwenVisionConfig(
        int layers,
        int embed,
        int heads,
        int intermediate,
        int channels,
        Patches patches,
        int output) {

    /**
     * Reads the names of Qwen2.5-VL and Qwen3-VL.
     *
     * @param activation the only hidden_act
     * @throws CheckpointException if a field is missing or not supported, naming it
     */
    static QwenVisionConfig read(ConfigReader vision, int decoderHidden, String activation)
            throws CheckpointException {
        return read(
                vision,
                decoderHidden,
                activation,
                "hidden_size",
                "out_hidden_size",
                vision.positive("intermediate_size"));
    }

    /**
     * Reads the names of Qwen2-VL.
     *
     * @throws CheckpointException if a field is missing or not supported, naming it
     */
    static QwenVisionConfig readQwen2(ConfigReader vision, int decoderHidden)
            throws CheckpointException {
        int intermediate = (int) (vision.positive("embed_dim") * vision.number("mlp_ratio"));
        return read(vision, decoderHidden, "quick_gelu", "embed_dim", "hidden_size", intermediate);
    }

    private static QwenVisionConfig read(
            ConfigReader vision,
            int decoderHidden,
            String activation,
            String embed,
            String output,
            int intermediate)
            throws CheckpointException {
        vision.requireOneOf("hidden_act", activation, List.of(activation));
        VisionRope.require(vision);
        QwenVisionConfig config =
                new QwenVisionConfig(
                        vision.layers("depth"),
                        vision.positive(embed),
                        vision.positive("num_heads"),
                        intermediate,
                        vision.positive("in_channels", vision.positive("in_chans", 3)),
                        new Patches(
                                vision.positive("patch_size"),
                                vision.positive("temporal_patch_size"),
                                vision.positive("spatial_merge_size")),
                        vision.positive(output));
        if (config.embed % (4 * config.heads) != 0) {
            // rows and columns each turn half of a head's dimensions, in pairs
            throw vision.wrong(
                    "num_heads", "such that " + embed + " / num_heads is a multiple of 4");
        }
        if (config.output != decoderHidden) {
            throw vision.wrong(output, "[" + decoderHidden + "], the decoder's hidden size");
        }
        return config;
    }

    /** Numbers in one patch: channels x frames x rows x columns. */
    int patchWidth() {
        return channels * patches.temporalPatchSize() * patches.patchSize() * patches.patchSize();
    }

    /** Numbers in what becomes one token. */
    long merged() {
        return (long) patches.mergeSize() * patches.mergeSize() * embed;
    }

    /** The tower for a graph source that needs no more than the sizes. */
    VisionTower tower(String source) {
        return tower(source, List.of(), new long[0], 0);
    }

    /** The tower; see {@link VisionTower} for the rest. */
    VisionTower tower(String source, List<String> extras, long[] more, int deepstack) {
        return new VisionTower(source, layers, heads, patchWidth(), extras, more, deepstack);
    }

    /** Asks for the patch embedding, without the bias that Qwen3-VL has. */
    void needPatches(WeightPlan plan) {
        plan.need(
                "visual.patch_embed.proj.weight",
                embed,
                channels,
                patches.temporalPatchSize(),
                patches.patchSize(),
                patches.patchSize());
    }

    /** Asks for the attention of one layer. */
    void needAttention(WeightPlan plan, String at) {
        plan.linear(at + "attn.qkv", 3L * embed, embed);
        plan.linear(at + "attn.proj", embed, embed);
    }

    /** Asks for the layers of Qwen2-VL and Qwen3-VL, which differ in two names. */
    void needLayers(WeightPlan plan, String up, String down) {
        for (int i = 0; i < layers; i++) {
            String at = "visual.blocks." + i + ".";
            plan.norm(at + "norm1", embed);
            needAttention(plan, at);
            plan.norm(at + "norm2", embed);
            plan.linear(at + up, intermediate, embed);
            plan.linear(at + down, embed, intermediate);
        }
    }
}
