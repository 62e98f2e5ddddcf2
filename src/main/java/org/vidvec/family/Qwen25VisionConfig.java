package org.vidvec.family;

import java.util.List;
import org.vidvec.backbone.ConfigReader;
import org.vidvec.engine.CheckpointException;

/**
 * What Qwen2.5-VL's vision tower has on top, under the names of config.json's vision_config.
 *
 * @param sizes those of all Qwen towers
 * @param window side of a window in merged tokens: window_size / patch / merge
 * @param fullLayers fullatt_block_indexes: the layers that see whole frames
 * @param tokensPerSecond tokens_per_second: positions per second of video
 */
public record Qwen25VisionConfig(
        QwenVisionConfig sizes, int window, List<Integer> fullLayers, double tokensPerSecond) {

    // HF Qwen2_5_VLVisionConfig
    private static final double TOKENS_PER_SECOND = 4;

    /**
     * @throws CheckpointException if a field is missing or not supported, naming it
     */
    static Qwen25VisionConfig read(ConfigReader vision, int decoderHidden)
            throws CheckpointException {
        QwenVisionConfig sizes = QwenVisionConfig.read(vision, decoderHidden, "silu");
        int token = sizes.patches().factor();
        Qwen25VisionConfig config =
                new Qwen25VisionConfig(
                        sizes,
                        vision.positive("window_size") / token,
                        vision.counts("fullatt_block_indexes"),
                        vision.number("tokens_per_second", TOKENS_PER_SECOND));
        if (config.window < 1) {
            throw vision.wrong("window_size", "at least [" + token + "] pixels, one token");
        }
        return config;
    }
}
