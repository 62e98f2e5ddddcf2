package org.vidvec.model;

import java.nio.file.Path;
import org.vidvec.backbone.NetworkConfig;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.Tokenizer;
import org.vidvec.family.TextConfig;
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
    public NetworkConfig config(Path folder) throws CheckpointException {
        return TextConfig.read(folder);
    }

    @Override
    public int maxTokens() {
        return MAX_TOKENS;
    }

    @Override
    public PromptProcessor processor(Path folder, Tokenizer tokenizer, ModelCard card)
            throws CheckpointException {
        PromptEncoder encoder =
                new PromptEncoder(
                        tokenizer,
                        AddedTokens.of(JsonFile.object(folder.resolve(ModelFolder.TOKENIZER))));
        return new TextProcessor(encoder, ChatTemplate.defaultSystemMessage(folder, ""));
    }
}
