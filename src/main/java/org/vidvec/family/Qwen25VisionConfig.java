package org.vidvec.family;

import java.util.List;
import org.vidvec.backbone.ConfigReader;
import org.vidvec.engine.CheckpointException;

/**
 * Sizes of Qwen2.5-VL's vision tower, under the names of config.json's vision_config.
 *
 * @param layers depth
 * @param embed hidden_size: width of the tower
 * @param heads num_heads
 * @param intermediate intermediate_size
 * @param channels in_channels, in_chans in released checkpoints
 * @param patch patch_size in pixels
 * @param merge spatial_merge_size: merge x merge patches become one token
 * @param temporalPatch temporal_patch_size in frames
 * @param output out_hidden_size: width of the decoder that reads its tokens
 * @param window side of a window in merged tokens: window_size / patch / merge
 * @param fullLayers fullatt_block_indexes: the layers that see whole frames
 * @param tokensPerSecond tokens_per_second: positions per second of video
 */
public record Qwen25VisionConfig(
        int layers,
        int embed,
        int heads,
        int intermediate,
        int channels,
        int patch,
        int merge,
        int temporalPatch,
        int output,
        int window,
        List<Integer> fullLayers,
        double tokensPerSecond) {

    // HF Qwen2_5_VLVisionConfig
    private static final double TOKENS_PER_SECOND = 4;

    /**
     * @throws CheckpointException if a field is missing or not supported, naming it
     */
    static Qwen25VisionConfig read(ConfigReader vision, int decoderHidden)
            throws CheckpointException {
        vision.requireOneOf("hidden_act", "silu", List.of("silu"));
        int token = vision.positive("patch_size") * vision.positive("spatial_merge_size");
        Qwen25VisionConfig config =
                new Qwen25VisionConfig(
                        vision.layers("depth"),
                        vision.positive("hidden_size"),
                        vision.positive("num_heads"),
                        vision.positive("intermediate_size"),
                        vision.positive("in_channels", vision.positive("in_chans", 3)),
                        vision.positive("patch_size"),
                        vision.positive("spatial_merge_size"),
                        vision.positive("temporal_patch_size"),
                        vision.positive("out_hidden_size"),
                        vision.positive("window_size") / token,
                        vision.counts("fullatt_block_indexes"),
                        vision.number("tokens_per_second", TOKENS_PER_SECOND));
        if (config.embed % (4 * config.heads) != 0) {
            // rows and columns each turn half of a head's dimensions, in pairs
            throw vision.wrong("num_heads", "such that hidden_size / num_heads is a multiple of 4");
        }
        if (config.output != decoderHidden) {
            throw vision.wrong(
                    "out_hidden_size", "[" + decoderHidden + "], the decoder's hidden size");
        }
        if (config.window < 1) {
            throw vision.wrong("window_size", "at least [" + token + "] pixels, one token");
        }
        return config;
    }

    /** Numbers in one patch: channels x frames x rows x columns. */
    public int patchWidth() {
        return channels * temporalPatch * patch * patch;
    }
}
