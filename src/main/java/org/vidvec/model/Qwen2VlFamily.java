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
import org.vidvec.family.Qwen2VlConfig;
import org.vidvec.family.Qwen2VlNetwork;
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
    public Sizes sizes(Path folder) throws CheckpointException {
        return Sizes.read(folder, Qwen2VlConfig.read(folder).text(), MAX_TOKENS);
    }

    @Override
    public VisionLanguageNetwork network(TorchEngine engine, Path folder, NetworkOptions options)
            throws CheckpointException, EngineException {
        return Qwen2VlNetwork.load(engine, folder, options);
    }

    @Override
    public List<WeightEntry> weights(Path folder, NetworkOptions options)
            throws CheckpointException {
        return Qwen2VlNetwork.weights(folder, Qwen2VlConfig.read(folder), options);
    }

    @Override
    public PromptProcessor processor(Path folder, Tokenizer tokenizer, ModelCard card)
            throws CheckpointException {
        Qwen2VlConfig config = Qwen2VlConfig.read(folder);
        Patches patches =
                new Patches(
                        config.vision().patch(),
                        config.vision().temporalPatch(),
                        config.vision().merge());
        return new Qwen2Processors(
                        config.imageToken(), config.videoToken(), patches, VideoClock.COUNTING)
                .read(folder, tokenizer, card);
    }
}
