package org.vidvec.family;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.vidvec.backbone.ConfigReader;
import org.vidvec.backbone.DecoderConfig;
import org.vidvec.backbone.DecoderStyle;
import org.vidvec.backbone.NetworkConfig;
import org.vidvec.backbone.VisionTower;
import org.vidvec.backbone.WeightPlan;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;

/**
 * A PaliGemma checkpoint's config.json, as released or as written by transformers 5.
 *
 * @param text the Gemma decoder
 * @param vision the SigLIP tower
 * @param tied whether the head is the embedding table, as in all released checkpoints
 * @param imageToken image_token_index: placeholder of a frame's tokens
 */
public record PaliGemmaConfig(
        DecoderConfig text, SiglipConfig vision, boolean tied, long imageToken)
        implements NetworkConfig {

    /** The {@code model_type} of config.json. */
    public static final String MODEL_TYPE = "paligemma";

    // HF GemmaConfig, for the fields that released checkpoints leave out
    private static final double NORM_EPS = 1e-6;
    private static final double ROPE_THETA = 10000;
    private static final int HEAD_DIM = 256;

    /**
     * @param folder a checkpoint's folder
     * @throws CheckpointException if config.json is missing, or a field of it is missing or not
     *     supported, naming it
     */
    public static PaliGemmaConfig read(Path folder) throws CheckpointException {
        ConfigReader config = ConfigReader.open(folder.resolve("config.json"));
        config.requireOneOf("model_type", "", List.of(MODEL_TYPE));
        ConfigReader text = config.object("text_config");
        // PaliGemma 2 has a Gemma 2 decoder, which is another network
        text.requireOneOf("model_type", "gemma", List.of("gemma"));
        return new PaliGemmaConfig(
                gemma(text),
                SiglipConfig.read(config.object("vision_config")),
                DecoderConfig.tied(config, true),
                config.tokenId(
                        config.has("image_token_index") ? "image_token_index" : "image_token_id"));
    }

    private static DecoderConfig gemma(ConfigReader text) throws CheckpointException {
        if (text.has("hidden_activation")) {
            text.requireOneOf("hidden_activation", "", List.of("gelu_pytorch_tanh"));
        }
        if (text.flag("attention_bias", false)) {
            throw text.wrong("attention_bias", "false: biases in Gemma are not supported");
        }
        int heads = text.positive("num_attention_heads");
        int kvHeads = text.positive("num_key_value_heads", heads);
        if (heads % kvHeads != 0) {
            throw text.wrong(
                    "num_key_value_heads", "a divisor of the [" + heads + "] attention heads");
        }
        ConfigReader rope = text.has("rope_parameters") ? text.object("rope_parameters") : text;
        if (text.has("rope_parameters")) {
            rope.requireOneOf("rope_type", "default", List.of("default"));
            DecoderConfig.requireWholeHeads(rope);
        }
        int headDim = text.positive("head_dim", HEAD_DIM);
        return new DecoderConfig(
                text.positive("hidden_size"),
                text.positive("intermediate_size"),
                text.layers("num_hidden_layers"),
                heads,
                kvHeads,
                headDim,
                text.positive("vocab_size"),
                text.number("rms_norm_eps", NORM_EPS),
                rope.number("rope_theta", ROPE_THETA),
                Collections.nCopies(headDim / 2, 0),
                false,
                false,
                DecoderStyle.GEMMA);
    }

    @Override
    public VisionTower tower() {
        return new VisionTower(
                "siglip.py",
                vision.layers(),
                vision.heads(),
                vision.patchWidth(),
                List.of("vision.tower"));
    }

    @Override
    public WeightPlan visionWeights(Checkpoint checkpoint) {
        return PaliGemmaWeights.of(vision, text.hidden(), checkpoint);
    }
}
