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
import org.vidvec.family.TextConfig;
import org.vidvec.family.TextNetwork;
import org.vidvec.family.TextProcessor;
import org.vidvec.prompt.AddedTokens;
import org.vidvec.prompt.ChatTemplate;
import org.vidvec.prompt.PromptEncoder;
import org.vidvec.prompt.PromptProcessor;

/** Qwen2 or Qwen3 without a vision tower, with the prompts of Qwen3-Embedding and -Reranker. */
final class QwenTextFamily implements ModelFamily {

    // max_position_embeddings in HF Qwen2Config and Qwen3Config
    private static final int MAX_TOKENS = 32768;

    private final String modelType;

    /**
     * @param modelType {@link TextConfig#QWEN2} or {@link TextConfig#QWEN3}
     */
    QwenTextFamily(String modelType) {
        this.modelType = modelType;
    }

    @Override
    public String modelType() {
        return modelType;
    }

    @Override
    public ModelCard defaultCard() {
        return modelType.equals(TextConfig.QWEN3)
                ? QwenRetrievalCards.QWEN3
                : QwenRetrievalCards.QWEN2;
    }

    @Override
    public Sizes sizes(Path folder) throws CheckpointException {
        return Sizes.read(folder, TextConfig.read(folder).text(), MAX_TOKENS);
    }

    @Override
    public VisionLanguageNetwork network(TorchEngine engine, Path folder, NetworkOptions options)
            throws CheckpointException, EngineException {
        return TextNetwork.load(engine, folder, options);
    }

    @Override
    public List<WeightEntry> weights(Path folder, NetworkOptions options)
            throws CheckpointException {
        return TextNetwork.weights(folder, TextConfig.read(folder), options);
    }

    @Override
    public PromptProcessor processor(Path folder, Tokenizer tokenizer, ModelCard card)
            throws CheckpointException {
        PromptEncoder encoder =
                new PromptEncoder(
                        tokenizer,
                        AddedTokens.of(JsonFile.object(folder.resolve(ModelFolder.TOKENIZER))));
        return new TextProcessor(encoder, ChatTemplate.defaultSystemMessage(folder));
    }
}
