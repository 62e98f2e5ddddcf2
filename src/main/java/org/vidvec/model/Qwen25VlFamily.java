package org.vidvec.model;

import java.nio.file.Path;
import java.util.List;
import org.vidvec.backbone.NetworkOptions;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tokenizer;
import org.vidvec.engine.TorchEngine;
import org.vidvec.engine.WeightEntry;
import org.vidvec.family.Qwen25VlConfig;
import org.vidvec.family.Qwen25VlNetwork;
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
    public Sizes sizes(Path folder) throws CheckpointException {
        return Sizes.read(folder, Qwen25VlConfig.read(folder).text(), MAX_TOKENS);
    }

    @Override
    public VisionLanguageNetwork network(TorchEngine engine, Path folder, NetworkOptions options)
            throws CheckpointException, EngineException {
        return Qwen25VlNetwork.load(engine, folder, options);
    }

    @Override
    public List<WeightEntry> weights(Path folder, NetworkOptions options)
            throws CheckpointException {
        return Qwen25VlNetwork.weights(folder, Qwen25VlConfig.read(folder), options);
    }

    @Override
    public PromptProcessor processor(Path folder, Tokenizer tokenizer, ModelCard card)
            throws CheckpointException {
        Qwen25VlConfig config = Qwen25VlConfig.read(folder);
        Patches patches =
                new Patches(
                        config.vision().patch(),
                        config.vision().temporalPatch(),
                        config.vision().merge());
        VideoClock clock =
                new VideoClock(config.vision().tokensPerSecond(), config.vision().temporalPatch());
        return new Qwen2Processors(config.imageToken(), config.videoToken(), patches, clock)
                .read(folder, tokenizer, card);
    }
}
