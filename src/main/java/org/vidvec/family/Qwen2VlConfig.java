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
 * A Qwen2-VL checkpoint's config.json, in the nested layout (text_config) or the released one (text
 * fields at the top).
 *
 * @param text the decoder
 * @param vision the vision tower
 * @param tied whether the head is the embedding table
 * @param imageToken image_token_id: placeholder of an image's tokens
 * @param videoToken video_token_id: placeholder of a video's tokens
 * @param visionStartToken vision_start_token_id
 * @param visionEndToken vision_end_token_id
 */
public record Qwen2VlConfig(
        DecoderConfig text,
        QwenVisionConfig vision,
        boolean tied,
        long imageToken,
        long videoToken,
        long visionStartToken,
        long visionEndToken)
        implements NetworkConfig {

    /** The {@code model_type} of config.json. */
    public static final String MODEL_TYPE = "qwen2_vl";

    /**
     * @param folder a checkpoint's folder
     * @throws CheckpointException if config.json is missing, or a field of it is missing or not
     *     supported, naming it
     */
    public static Qwen2VlConfig read(Path folder) throws CheckpointException {
        ConfigReader config = ConfigReader.open(folder.resolve("config.json"));
        config.requireOneOf("model_type", "", List.of(MODEL_TYPE));
        ConfigReader text = config.has("text_config") ? config.object("text_config") : config;
        DecoderConfig decoder = DecoderConfig.read(text);
        return new Qwen2VlConfig(
                decoder,
                QwenVisionConfig.readQwen2(config.object("vision_config"), decoder.hidden()),
                DecoderConfig.tied(config, false),
                config.tokenId("image_token_id"),
                config.tokenId("video_token_id"),
                config.tokenId("vision_start_token_id"),
                config.tokenId("vision_end_token_id"));
    }

    @Override
    public VisionTower tower() {
        return vision.tower("qwen2_vision.py");
    }

    @Override
    public WeightPlan visionWeights(Checkpoint checkpoint) {
        return Qwen2VlWeights.of(vision);
    }
}
