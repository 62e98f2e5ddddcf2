package org.vidvec.family;

import java.util.List;
import org.vidvec.backbone.ConfigReader;
import org.vidvec.engine.CheckpointException;

/**
 * Sizes of VideoLLaMA3's vision tower, under the names of config.json.
 *
 * @param layers num_hidden_layers
 * @param hidden hidden_size
 * @param heads num_attention_heads
 * @param intermediate intermediate_size
 * @param channels num_channels
 * @param patch patch_size in pixels
 */
public record VideoLlama3VisionConfig(
        int layers, int hidden, int heads, int intermediate, int channels, int patch) {

    /**
     * Reads a config; both layouts leave out what has the value of their classes.
     *
     * @throws CheckpointException if a field is not supported, naming it
     */
    static VideoLlama3VisionConfig read(ConfigReader vision) throws CheckpointException {
        vision.requireOneOf("hidden_act", "gelu_pytorch_tanh", List.of("gelu_pytorch_tanh"));
        VisionRope.require(vision);
        if (vision.number("layer_norm_eps", 1e-6) != 1e-6) {
            throw vision.wrong("layer_norm_eps", "[1e-06]");
        }
        VideoLlama3VisionConfig config =
                new VideoLlama3VisionConfig(
                        vision.layers("num_hidden_layers", 12),
                        vision.positive("hidden_size", 768),
                        vision.positive("num_attention_heads", 12),
                        vision.positive("intermediate_size", 3072),
                        vision.positive("num_channels", 3),
                        vision.positive("patch_size", 16));
        if (config.hidden % (4 * config.heads) != 0) {
            // rows and columns each turn half of a head's dimensions, in pairs
            throw vision.wrong(
                    "num_attention_heads",
                    "such that hidden_size / num_attention_heads is a multiple of 4");
        }
        return config;
    }

    /** Numbers in one patch: channels x rows x columns. */
    public int patchWidth() {
        return channels * patch * patch;
    }
}
