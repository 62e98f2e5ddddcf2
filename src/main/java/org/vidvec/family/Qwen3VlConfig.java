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
 * A Qwen3-VL checkpoint's config.json.
 *
 * @param text the decoder
 * @param vision the vision tower
 * @param tied whether the head is the embedding table
 * @param imageToken image_token_id: placeholder of an image's tokens
 * @param videoToken video_token_id: placeholder of a video's tokens
 */
public record Qwen3VlConfig(
        DecoderConfig text,
        Qwen3VisionConfig vision,
        boolean tied,
        long imageToken,
        long videoToken)
        implements NetworkConfig {

    /** The {@code model_type} of config.json. */
    public static final String MODEL_TYPE = "qwen3_vl";

    /**
     * @param folder a checkpoint's folder
     * @throws CheckpointException if config.json is missing, or a field of it is missing or not
     *     supported, naming it
     */
    public static Qwen3VlConfig read(Path folder) throws CheckpointException {
        ConfigReader config = ConfigReader.open(folder.resolve("config.json"));
        config.requireOneOf("model_type", "", List.of(MODEL_TYPE));
        DecoderConfig decoder = DecoderConfig.readQwen3(config.object("text_config"));
        return new Qwen3VlConfig(
                decoder,
                Qwen3VisionConfig.read(config.object("vision_config"), decoder),
                DecoderConfig.tied(config, false),
                config.tokenId("image_token_id"),
                config.tokenId("video_token_id"));
    }

    @Override
    public VisionTower tower() {
        return vision.sizes()
                .tower(
                        "qwen3_vision.py",
                        List.of(),
                        vision.deepstack().stream().mapToLong(Integer::longValue).toArray(),
                        vision.deepstack().size());
    }

    @Override
    public WeightPlan visionWeights(Checkpoint checkpoint) {
        return Qwen3VlWeights.of(vision);
    }
}
