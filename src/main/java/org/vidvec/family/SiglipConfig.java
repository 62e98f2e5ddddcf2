package org.vidvec.family;

import java.util.List;
import org.vidvec.backbone.ConfigReader;
import org.vidvec.engine.CheckpointException;

/**
 * Sizes of a SigLIP vision tower, under the names of config.json's vision_config; what that leaves
 * out has the default of HF's {@code SiglipVisionConfig}.
 *
 * @param layers num_hidden_layers
 * @param embed hidden_size: width of the tower
 * @param heads num_attention_heads
 * @param intermediate intermediate_size
 * @param patch patch_size in pixels
 * @param image image_size: side of a frame in pixels
 */
public record SiglipConfig(
        int layers, int embed, int heads, int intermediate, int patch, int image) {

    private static final int CHANNELS = 3;

    /**
     * @throws CheckpointException if a field is missing or not supported, naming it
     */
    static SiglipConfig read(ConfigReader vision) throws CheckpointException {
        vision.requireOneOf("hidden_act", "gelu_pytorch_tanh", List.of("gelu_pytorch_tanh"));
        if (vision.flag("vision_use_head", false)) {
            throw vision.wrong("vision_use_head", "false: the pooling head is not supported");
        }
        if (vision.positive("num_channels", CHANNELS) != CHANNELS) {
            throw vision.wrong("num_channels", "[" + CHANNELS + "]");
        }
        if (vision.number("layer_norm_eps", 1e-6) != 1e-6) {
            throw vision.wrong("layer_norm_eps", "[1e-06]");
        }
        int embed = vision.positive("hidden_size", 768);
        int heads = vision.positive("num_attention_heads", 12);
        if (embed % heads != 0) {
            throw vision.wrong("num_attention_heads", "a divisor of hidden_size [" + embed + "]");
        }
        return new SiglipConfig(
                vision.layers("num_hidden_layers", 12),
                embed,
                heads,
                vision.positive("intermediate_size", 3072),
                vision.positive("patch_size", 16),
                vision.positive("image_size", 224));
    }

    /** Numbers in one patch: channels x rows x columns. */
    public int patchWidth() {
        return CHANNELS * patch * patch;
    }

    /** Tokens of one frame: all its patches. */
    public int tokens() {
        return (image / patch) * (image / patch);
    }
}
