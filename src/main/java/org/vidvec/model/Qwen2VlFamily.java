package org.vidvec.model;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vidvec.backbone.AddedTokens;
import org.vidvec.backbone.ConfigReader;
import org.vidvec.backbone.NetworkOptions;
import org.vidvec.backbone.PreprocessorConfig;
import org.vidvec.backbone.PromptProcessor;
import org.vidvec.backbone.Qwen2VisionConfig;
import org.vidvec.backbone.Qwen2VlConfig;
import org.vidvec.backbone.Qwen2VlNetwork;
import org.vidvec.backbone.Qwen2VlProcessor;
import org.vidvec.backbone.Qwen2VlPrompt;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tokenizer;
import org.vidvec.engine.TorchEngine;

/** Qwen2-VL, with VLM2Vec-V2's recipe as its default card. */
final class Qwen2VlFamily implements ModelFamily {

    private static final String IMAGES = "preprocessor_config.json";
    private static final String VIDEOS = "video_preprocessor_config.json";

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
        Qwen2VlConfig config = Qwen2VlConfig.read(folder);
        ConfigReader json = ConfigReader.open(folder.resolve(ModelFolder.CONFIG));
        ConfigReader text = json.has("text_config") ? json.object("text_config") : json;
        return new Sizes(
                config.text().layers(),
                config.text().hidden(),
                text.positive("max_position_embeddings", MAX_TOKENS));
    }

    @Override
    public VisionLanguageNetwork network(TorchEngine engine, Path folder, NetworkOptions options)
            throws CheckpointException, EngineException {
        return Qwen2VlNetwork.load(engine, folder, options);
    }

    @Override
    public PromptProcessor processor(Path folder, Tokenizer tokenizer, ModelCard card)
            throws CheckpointException {
        Qwen2VlConfig config = Qwen2VlConfig.read(folder);
        PreprocessorConfig images = pictures(folder, IMAGES, config.vision(), card);
        // released checkpoints have one file for both
        PreprocessorConfig videos =
                Files.exists(folder.resolve(VIDEOS))
                        ? pictures(folder, VIDEOS, config.vision(), card)
                        : images;
        Qwen2VlPrompt prompt =
                new Qwen2VlPrompt(
                        tokenizer,
                        AddedTokens.of(JsonFile.object(folder.resolve(ModelFolder.TOKENIZER))),
                        config.imageToken(),
                        config.videoToken());
        return new Qwen2VlProcessor(prompt, config, images, videos, card.positionRule());
    }

    private static PreprocessorConfig pictures(
            Path folder, String name, Qwen2VisionConfig vision, ModelCard card)
            throws CheckpointException {
        Path file = folder.resolve(name);
        JsonObject json = Files.exists(file) ? JsonFile.object(file) : new JsonObject();
        PreprocessorConfig config;
        try {
            config = PreprocessorConfig.of(json).atMost(card.maxPixels());
        } catch (IllegalArgumentException
                | IllegalStateException
                | UnsupportedOperationException
                | ClassCastException e) {
            throw new CheckpointException("[" + file + "]: " + e.getMessage(), e);
        }
        int[] own = {
            config.patches().patchSize(),
            config.patches().temporalPatchSize(),
            config.patches().mergeSize()
        };
        int[] wanted = {vision.patch(), vision.temporalPatch(), vision.merge()};
        String[] names = {"patch_size", "temporal_patch_size", "merge_size"};
        for (int i = 0; i < names.length; i++) {
            if (own[i] != wanted[i]) {
                throw new CheckpointException(
                        "["
                                + names[i]
                                + "] is ["
                                + own[i]
                                + "] in ["
                                + name
                                + "], but ["
                                + wanted[i]
                                + "] in [config.json]; take both files from one checkpoint");
            }
        }
        return config;
    }
}
