package org.vidvec.model;

import java.nio.file.Path;
import org.vidvec.backbone.NetworkConfig;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.Tokenizer;
import org.vidvec.family.Qwen2VlConfig;
import org.vidvec.prompt.Patches;
import org.vidvec.prompt.PromptProcessor;
import org.vidvec.prompt.VideoClock;

/** Qwen2-VL, with VLM2Vec-V2's recipe as its default card. */
final class Qwen2VlFamily implements ModelFamily {

    // max_position_embeddings of the released Qwen2-VL models
    private static final int MAX_TOKENS = 32768;

    @Override
    public String modelType() {
        return Qwen2VlConfig.MODEL_TYPE;
    }

    @Override
    public ModelCard defaultCard() {
        return ModelCard.VLM2VEC_V2;
    }

    @Override
    public NetworkConfig config(Path folder) throws CheckpointException {
        return Qwen2VlConfig.read(folder);
    }

    @Override
    public int maxTokens() {
        return MAX_TOKENS;
    }

    @Override
    public PromptProcessor processor(Path folder, Tokenizer tokenizer, ModelCard card)
            throws CheckpointException {
        Qwen2VlConfig config = Qwen2VlConfig.read(folder);
        Patches patches = config.vision().patches();
        return new Qwen2Processors(
                        config.imageToken(), config.videoToken(), patches, VideoClock.COUNTING)
                .read(folder, tokenizer, card);
    }
}
