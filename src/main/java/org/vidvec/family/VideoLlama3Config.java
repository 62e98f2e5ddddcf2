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
 * A VideoLLaMA3 checkpoint's config.json, as transformers writes it or as first released.
 *
 * @param text the decoder
 * @param vision the vision tower
 * @param tied whether the head is the embedding table
 * @param imageToken image_token_id: placeholder of an image's tokens
 * @param videoToken video_token_id: placeholder of a video's tokens
 */
public record VideoLlama3Config(
        DecoderConfig text,
        VideoLlama3VisionConfig vision,
        boolean tied,
        long imageToken,
        long videoToken)
        implements NetworkConfig {

    /** The {@code model_type} of the layout in which VideoLLaMA3 was first released. */
    public static final String RELEASED_MODEL_TYPE = "videollama3_qwen2";

    /** The {@code image_token_index} that stands for the tokenizer's {@code <image>}. */
    private static final double FROM_TOKENIZER = -1;

    /** The {@code model_type} of config.json. */
    public static final String MODEL_TYPE = "video_llama_3";

    /**
     * @param folder a checkpoint's folder
     * @throws CheckpointException if config.json is missing, or a field of it is missing or not
     *     supported, naming it
     */
    public static VideoLlama3Config read(Path folder) throws CheckpointException {
        ConfigReader config = ConfigReader.open(folder.resolve("config.json"));
        config.requireOneOf("model_type", "", List.of(MODEL_TYPE));
        return new VideoLlama3Config(
                DecoderConfig.readOneAxis(config.object("text_config")),
                VideoLlama3VisionConfig.read(config.object("vision_config")),
                DecoderConfig.tied(config, false),
                config.tokenId("image_token_id"),
                config.tokenId("video_token_id"));
    }

    /**
     * Reads the layout of the first release: the decoder's fields at the top, a {@code
     * vision_encoder_config}, one placeholder for images and frames.
     *
     * @param folder a checkpoint's folder
     * @param imageToken id of {@code <image>} where config.json leaves it to the tokenizer
     * @throws CheckpointException if config.json is missing, or a field of it is missing or not
     *     supported, naming it
     */
    public static VideoLlama3Config readReleased(Path folder, long imageToken)
            throws CheckpointException {
        ConfigReader config = ConfigReader.open(folder.resolve("config.json"));
        config.requireOneOf("model_type", "", List.of(RELEASED_MODEL_TYPE));
        config.requireOneOf("mm_projector_type", "mlp2x_gelu", List.of("mlp2x_gelu"));
        if (config.has("vision_encoder")) {
            throw config.wrong(
                    "vision_encoder", "[null]: a vision tower of its own is not supported");
        }
        boolean named = config.number("image_token_index", FROM_TOKENIZER) != FROM_TOKENIZER;
        long token = named ? config.tokenId("image_token_index") : imageToken;
        return new VideoLlama3Config(
                DecoderConfig.readOneAxis(config),
                VideoLlama3VisionConfig.read(config.object("vision_encoder_config")),
                DecoderConfig.tied(config, false),
                token,
                token);
    }

    @Override
    public VisionTower tower() {
        return new VisionTower(
                "video_llama3_vision.py",
                vision.layers(),
                vision.heads(),
                vision.patchWidth(),
                List.of("vision.tower"));
    }

    @Override
    public WeightPlan visionWeights(Checkpoint checkpoint) {
        return VideoLlama3Weights.of(checkpoint).plan(vision, text.hidden());
    }
}
