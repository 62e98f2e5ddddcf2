package org.vidvec.family;

import java.util.List;
import org.vidvec.backbone.ConfigReader;
import org.vidvec.engine.CheckpointException;

/**
 * Sizes of Qwen2-VL's vision tower, under the names of config.json's vision_config.
 *
 * @param layers depth
 * @param embed embed_dim: width of the tower
 * @param heads num_heads
 * @param intermediate embed x mlp_ratio
 * @param channels in_channels, in_chans in released checkpoints
 * @param patch patch_size in pixels
 * @param merge spatial_merge_size: merge x merge patches become one token
 * @param temporalPatch temporal_patch_size in frames
 * @param output hidden_size: width of the decoder that reads its tokens
 */
public record Qwen2VisionConfig(
        int layers,
        int embed,
        int heads,
        int intermediate,
        int channels,
        int patch,
        int merge,
        int temporalPatch,
        int output) {

    /**
     * @throws CheckpointException if a field is missing or not supported, naming it
     */
    static Qwen2VisionConfig read(ConfigReader vision, int decoderHidden)
            throws CheckpointException {
        vision.requireOneOf("hidden_act", "quick_gelu", List.of("quick_gelu"));
        int embed = vision.positive("embed_dim");
        Qwen2VisionConfig config =
                new Qwen2VisionConfig(
                        vision.layers("depth"),
                        embed,
                        vision.positive("num_heads"),
                        (int) (embed * vision.number("mlp_ratio")),
                        vision.positive("in_channels", vision.positive("in_chans", 3)),
                        vision.positive("patch_size"),
                        vision.positive("spatial_merge_size"),
                        vision.positive("temporal_patch_size"),
                        vision.positive("hidden_size"));
        if (embed % (4 * config.heads) != 0) {
            // rows and columns each turn half of a head's dimensions, in pairs
            throw vision.wrong("num_heads", "such that embed_dim / num_heads is a multiple of 4");
        }
        if (config.output != decoderHidden) {
            throw vision.wrong("hidden_size", "[" + decoderHidden + "], the decoder's hidden size");
        }
        return config;
    }

    /** Numbers in one patch: channels x frames x rows x columns. */
    public int patchWidth() {
        return channels * temporalPatch * patch * patch;
    }
}
