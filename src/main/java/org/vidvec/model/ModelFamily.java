package org.vidvec.model;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import org.vidvec.backbone.ConfigReader;
import org.vidvec.backbone.DecoderConfig;
import org.vidvec.backbone.NetworkConfig;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.Tokenizer;
import org.vidvec.media.Sampling;
import org.vidvec.prompt.PromptProcessor;
import org.vidvec.prompt.PromptStyle;

/**
 * One {@code model_type} of config.json: how its folder is read and what its card says by default.
 */
interface ModelFamily {

    /** The {@code model_type}. */
    String modelType();

    /** What a card that says nothing means. */
    ModelCard defaultCard();

    /** The same for a folder, where families have several uses that their files tell apart. */
    default ModelCard defaultCard(Path folder) {
        return defaultCard();
    }

    /** Which tokens of a prompt its decoder lets each other see. */
    default Attention attention() {
        return Attention.CAUSAL;
    }

    /** Whether its prompts know {@link PromptStyle#EMBED_TOKENS}. */
    default boolean hasEmbedTokens() {
        return false;
    }

    /**
     * How the family's own video processor samples frames.
     *
     * @param settings of a {@code video_preprocessor_config.json}
     * @return nothing if it takes all frames
     */
    default Optional<Sampling> ownSampling(JsonObject settings) {
        return ProcessorSampling.stride(settings);
    }

    /**
     * What config.json says of the network.
     *
     * @throws CheckpointException if a field is missing or not supported
     */
    NetworkConfig config(Path folder) throws CheckpointException;

    /** Longest sequence where config.json leaves {@code max_position_embeddings} out. */
    int maxTokens();

    /**
     * Sizes of a checkpoint, from its config.json alone.
     *
     * @throws CheckpointException if a field is missing or not supported
     */
    default Sizes sizes(Path folder) throws CheckpointException {
        return Sizes.read(folder, config(folder).text(), maxTokens());
    }

    /**
     * Makes the processor.
     *
     * @throws CheckpointException if a file is missing or unusable
     */
    PromptProcessor processor(Path folder, Tokenizer tokenizer, ModelCard card)
            throws CheckpointException;

    /**
     * Sizes that a description needs.
     *
     * @param layers number of decoder layers
     * @param hidden length of a decoder state
     * @param maxTokens longest sequence
     */
    record Sizes(int layers, int hidden, int maxTokens) {

        /**
         * Reads them out of a folder whose decoder's fields stand under {@code text_config}, or at
         * the top as in older files.
         *
         * @param decoder as the family read it
         * @param maxTokens if {@code max_position_embeddings} is left out
         * @throws CheckpointException if config.json can't be read
         */
        static Sizes read(Path folder, DecoderConfig decoder, int maxTokens)
                throws CheckpointException {
            ConfigReader json = ConfigReader.open(folder.resolve(ModelFolder.CONFIG));
            ConfigReader text = json.has("text_config") ? json.object("text_config") : json;
            return new Sizes(
                    decoder.layers(),
                    decoder.hidden(),
                    text.positive("max_position_embeddings", maxTokens));
        }
    }
}
