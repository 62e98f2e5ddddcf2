package org.vidvec.backbone;

import java.nio.file.Path;
import java.util.List;
import org.vidvec.engine.CheckpointException;

/**
 * A VideoLLaMA3 checkpoint's config.json as transformers writes it.
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
        long videoToken) {

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
                config.flag("tie_word_embeddings", false),
                config.tokenId("image_token_id"),
                config.tokenId("video_token_id"));
    }
}
