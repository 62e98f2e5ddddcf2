package org.vidvec.family;

import java.nio.file.Path;
import java.util.List;
import org.vidvec.backbone.ConfigReader;
import org.vidvec.backbone.DecoderConfig;
import org.vidvec.backbone.NetworkConfig;
import org.vidvec.backbone.VisionTower;
import org.vidvec.backbone.WeightPlan;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;

/**
 * The config.json of a decoder without a vision tower: HF {@code Qwen2Config}, {@code Qwen3Config}.
 *
 * @param text the decoder
 * @param tied whether the head is the embedding table
 */
public record TextConfig(DecoderConfig text, boolean tied) implements NetworkConfig {

    /** The {@code model_type} of Qwen2 and Qwen2.5. */
    public static final String QWEN2 = "qwen2";

    /** The {@code model_type} of Qwen3. */
    public static final String QWEN3 = "qwen3";

    /**
     * @param folder a checkpoint's folder
     * @throws CheckpointException if config.json is missing, or a field of it is missing or not
     *     supported, naming it
     */
    public static TextConfig read(Path folder) throws CheckpointException {
        ConfigReader config = ConfigReader.open(folder.resolve("config.json"));
        config.requireOneOf("model_type", "", List.of(QWEN2, QWEN3));
        if (config.flag("is_causal", true) == false) {
            throw config.wrong("is_causal", "true: attention in both directions is not supported");
        }
        boolean qwen3 = config.text("model_type").equals(QWEN3);
        return new TextConfig(
                DecoderConfig.readOneAxis(config, qwen3), DecoderConfig.tied(config, false));
    }

    @Override
    public VisionTower tower() {
        return new VisionTower("no_vision.py", 0, 1, 1, List.of());
    }

    /** No tensors, in the decoder's own names. */
    @Override
    public WeightPlan visionWeights(Checkpoint checkpoint) {
        return new WeightPlan();
    }

    /**
     * The bare model of an untied checkpoint has no head (as Qwen3-Embedding is released): its
     * embedding table stands in, and what it answers means nothing.
     */
    @Override
    public boolean hasHead(Checkpoint checkpoint) {
        boolean bare = checkpoint.entries().containsKey("embed_tokens.weight");
        return tied == false
                && (bare == false || checkpoint.entries().containsKey("lm_head.weight"));
    }
}
