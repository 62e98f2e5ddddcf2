package org.vidvec.family;

import java.nio.file.Path;
import java.util.List;
import org.vidvec.backbone.ConfigReader;
import org.vidvec.backbone.DecoderConfig;
import org.vidvec.engine.CheckpointException;

/**
 * The config.json of a decoder without a vision tower: HF {@code Qwen2Config}, {@code Qwen3Config}.
 *
 * @param text the decoder
 * @param tied whether the head is the embedding table
 */
public record TextConfig(DecoderConfig text, boolean tied) {

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
                DecoderConfig.readOneAxis(config, qwen3),
                config.flag("tie_word_embeddings", false));
    }
}
