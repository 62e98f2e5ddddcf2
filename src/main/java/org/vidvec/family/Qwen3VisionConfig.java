package org.vidvec.family;

import java.util.List;
import org.vidvec.backbone.ConfigReader;
import org.vidvec.backbone.DecoderConfig;
import org.vidvec.engine.CheckpointException;

/**
 * What Qwen3-VL's vision tower has on top, under the names of config.json's vision_config.
 *
 * @param sizes those of all Qwen towers
 * @param positions num_position_embeddings, a square
 * @param deepstack deepstack_visual_indexes: after which layers features for the decoder's first
 *     layers are taken, ascending
 */
public record Qwen3VisionConfig(QwenVisionConfig sizes, int positions, List<Integer> deepstack) {

    /**
     * @throws CheckpointException if a field is missing or not supported, naming it
     */
    static Qwen3VisionConfig read(ConfigReader vision, DecoderConfig decoder)
            throws CheckpointException {
        Qwen3VisionConfig config =
                new Qwen3VisionConfig(
                        QwenVisionConfig.read(vision, decoder.hidden(), "gelu_pytorch_tanh"),
                        vision.positive("num_position_embeddings"),
                        vision.counts("deepstack_visual_indexes"));
        config.check(vision, decoder);
        return config;
    }

    private void check(ConfigReader vision, DecoderConfig decoder) throws CheckpointException {
        long side = Math.round(Math.sqrt(positions));
        if (side * side != positions) {
            throw vision.wrong("num_position_embeddings", "the square of an integer");
        }
        int layers = sizes.layers();
        for (int i = 0; i < deepstack.size(); i++) {
            int previous = i == 0 ? -1 : deepstack.get(i - 1);
            if (deepstack.get(i) <= previous || deepstack.get(i) >= layers) {
                throw vision.wrong(
                        "deepstack_visual_indexes", "ascending and below [" + layers + "]");
            }
        }
        if (deepstack.size() > decoder.layers()) {
            throw vision.wrong(
                    "deepstack_visual_indexes",
                    "no longer than the decoder's [" + decoder.layers() + "] layers");
        }
    }
}
