package org.vidvec.model;

import java.nio.file.Path;
import org.vidvec.backbone.NetworkConfig;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.Tokenizer;
import org.vidvec.family.Qwen25VlConfig;
import org.vidvec.prompt.Patches;
import org.vidvec.prompt.PromptProcessor;
import org.vidvec.prompt.VideoClock;

/** Qwen2.5-VL, with VidVec's prompts for untrained models as its default card. */
final class Qwen25VlFamily implements ModelFamily {

    // max_position_embeddings in HF Qwen2_5_VLTextConfig
    private static final int MAX_TOKENS = 32768;

    @Override
    public String modelType() {
        return Qwen25VlConfig.MODEL_TYPE;
    }

    @Override
    public ModelCard defaultCard() {
        return ModelCard.ONE_WORD;
    }

    @Override
    public NetworkConfig config(Path folder) throws CheckpointException {
        return Qwen25VlConfig.read(folder);
    }

    @Override
    public int maxTokens() {
        return MAX_TOKENS;
    }

    @Override
    public PromptProcessor processor(Path folder, Tokenizer tokenizer, ModelCard card)
            throws CheckpointException {
        Qwen25VlConfig config = Qwen25VlConfig.read(folder);
        Patches patches = config.vision().sizes().patches();
        VideoClock clock =
                new VideoClock(config.vision().tokensPerSecond(), patches.temporalPatchSize());
        return new Qwen2Processors(config.imageToken(), config.videoToken(), patches, clock)
                .read(folder, tokenizer, card);
    }
}
