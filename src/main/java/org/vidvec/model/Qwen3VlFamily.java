package org.vidvec.model;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import org.vidvec.backbone.NetworkConfig;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.Tokenizer;
import org.vidvec.family.Qwen3VlConfig;
import org.vidvec.family.Qwen3VlPrompt;
import org.vidvec.media.Sampling;
import org.vidvec.prompt.AddedTokens;
import org.vidvec.prompt.ChatTemplate;
import org.vidvec.prompt.FrameSizing;
import org.vidvec.prompt.MropeProcessor;
import org.vidvec.prompt.Patches;
import org.vidvec.prompt.PictureProcessor;
import org.vidvec.prompt.PreprocessorConfig;
import org.vidvec.prompt.PromptEncoder;
import org.vidvec.prompt.PromptProcessor;

/**
 * Qwen3-VL, with VidVec's prompts for untrained models as its default card, or those of
 * Qwen3-VL-Embedding and -Reranker for these.
 */
final class Qwen3VlFamily implements ModelFamily {

    // HF Qwen3VLTextConfig
    private static final int MAX_TOKENS = 128000;

    @Override
    public String modelType() {
        return Qwen3VlConfig.MODEL_TYPE;
    }

    @Override
    public ModelCard defaultCard() {
        return ModelCard.ONE_WORD;
    }

    @Override
    public ModelCard defaultCard(Path folder) {
        return QwenRetrievalCards.of(folder);
    }

    @Override
    public Optional<Sampling> ownSampling(JsonObject settings) {
        return ProcessorSampling.spread(settings);
    }

    @Override
    public NetworkConfig config(Path folder) throws CheckpointException {
        return Qwen3VlConfig.read(folder);
    }

    @Override
    public int maxTokens() {
        return MAX_TOKENS;
    }

    @Override
    public PromptProcessor processor(Path folder, Tokenizer tokenizer, ModelCard card)
            throws CheckpointException {
        Qwen3VlConfig config = Qwen3VlConfig.read(folder);
        Patches patches = config.vision().sizes().patches();
        PreprocessorConfig images = PictureFile.IMAGES.read(folder, patches);
        PreprocessorConfig videos = PictureFile.VIDEOS.read(folder, patches);
        PromptEncoder encoder =
                new PromptEncoder(
                        tokenizer,
                        AddedTokens.of(JsonFile.object(folder.resolve(ModelFolder.TOKENIZER))),
                        config.imageToken(),
                        config.videoToken());
        return new MropeProcessor(
                new Qwen3VlPrompt(
                        encoder,
                        ChatTemplate.defaultSystemMessage(folder, ""),
                        patches.temporalPatchSize()),
                config.imageToken(),
                config.videoToken(),
                new PictureProcessor(images.atMost(card.maxPixels())),
                new PictureProcessor(videos, FrameSizing.together(videos, card.maxPixels())));
    }
}
