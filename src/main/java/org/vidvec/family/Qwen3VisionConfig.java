package org.vidvec.family;

import java.util.List;
import org.vidvec.backbone.ConfigReader;
import org.vidvec.backbone.DecoderConfig;
import org.vidvec.engine.CheckpointException;

/**
 * Sizes of Qwen3-VL's vision tower, under the names of config.json's vision_config.
 *
 * @param layers depth
 * @param embed hidden_size: width of the tower
 * @param heads num_heads
 * @param intermediate intermediate_size
 * @param channels in_channels
 * @param patch patch_size in pixels
 * @param merge spatial_merge_size: merge x merge patches become one token
 * @param temporalPatch temporal_patch_size in frames
 * @param output out_hidden_size: width of the decoder that reads its tokens
 * @param positions num_position_embeddings, a square
 * @param deepstack deepstack_visual_indexes: after which layers features for the decoder's first
 *     layers are taken, ascending
 */
public record Qwen3VisionConfig(
        int layers,
        int embed,
        int heads,
        int intermediate,
        int channels,
        int patch,
        int merge,
        int temporalPatch,
        int output,
        int positions,
        List<Integer> deepstack) {

    /**
     * @throws CheckpointException if a field is missing or not supported, naming it
     */
    static Qwen3VisionConfig read(ConfigReader vision, DecoderConfig decoder)
            throws CheckpointException {
        vision.requireOneOf("hidden_act", "gelu_pytorch_tanh", List.of("gelu_pytorch_tanh"));
        Qwen3VisionConfig config =
                new Qwen3VisionConfig(
                        vision.layers("depth"),
                        vision.positive("hidden_size"),
                        vision.positive("num_heads"),
                        vision.positive("intermediate_size"),
                        vision.positive("in_channels", 3),
                        vision.positive("patch_size"),
                        vision.positive("spatial_merge_size"),
                        vision.positive("temporal_patch_size"),
                        vision.positive("out_hidden_size"),
                        vision.positive("num_position_embeddings"),
                        vision.counts("deepstack_visual_indexes"));
        config.check(vision, decoder);
        return config;
    }

    private void check(ConfigReader vision, DecoderConfig decoder) throws CheckpointException {
        if (embed % (4 * heads) != 0) {
            // rows and columns each turn half of a head's dimensions, in pairs
            throw vision.wrong("num_heads", "such that hidden_size / num_heads is a multiple of 4");
        }
        if (output != decoder.hidden()) {
            throw vision.wrong(
                    "out_hidden_size", "[" + decoder.hidden() + "], the decoder's hidden size");
        }
        long side = Math.round(Math.sqrt(positions));
        if (side * side != positions) {
            throw vision.wrong("num_position_embeddings", "the square of an integer");
        }
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

    /** Numbers in one patch: channels x frames x rows x columns. */
    public int patchWidth() {
        return channels * temporalPatch * patch * patch;
    }
}
