package org.vidvec.model;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.vidvec.backbone.NetworkConfig;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tokenizer;
import org.vidvec.family.VideoLlama3Config;
import org.vidvec.family.VideoLlama3Processor;
import org.vidvec.family.VideoLlama3Prompt;
import org.vidvec.prompt.AddedTokens;
import org.vidvec.prompt.PromptProcessor;
import org.vidvec.prompt.ReleasedPictures;

/**
 * VideoLLaMA3 in the layout of its first release, in which VidVec-7B is published, with VidVec's
 * recipe as its default card.
 */
final class VideoLlama3ReleasedFamily implements ModelFamily {

    // HF Qwen2Config
    private static final int MAX_TOKENS = 32768;

    private static final String PLACEHOLDER = "<image>";

    // of a tokenizer that has no <image>: no token is expanded
    private static final long NONE = Long.MAX_VALUE;

    @Override
    public String modelType() {
        return VideoLlama3Config.RELEASED_MODEL_TYPE;
    }

    @Override
    public ModelCard defaultCard() {
        return VidVecCard.CARD;
    }

    @Override
    public ModelCard defaultCard(Path folder) {
        return VidVecCard.of(folder);
    }

    @Override
    public NetworkConfig config(Path folder) throws CheckpointException {
        return VideoLlama3Config.readReleased(folder, NONE);
    }

    @Override
    public int maxTokens() {
        return MAX_TOKENS;
    }

    @Override
    public PromptProcessor processor(Path folder, Tokenizer tokenizer, ModelCard card)
            throws CheckpointException {
        VideoLlama3Config config =
                VideoLlama3Config.readReleased(folder, imageToken(folder, tokenizer));
        VideoLlama3Prompt.Placeholder placeholder =
                new VideoLlama3Prompt.Placeholder(PLACEHOLDER, config.imageToken());
        VideoLlama3Prompt prompt =
                new VideoLlama3Prompt(
                        tokenizer,
                        AddedTokens.of(JsonFile.object(folder.resolve(ModelFolder.TOKENIZER))),
                        VideoLlama3Prompt.RELEASED_SYSTEM,
                        placeholder,
                        placeholder);
        boolean compress =
                JsonFile.flag(
                        JsonFile.object(folder.resolve(ModelFolder.CONFIG)),
                        "use_token_compression",
                        true);
        return new VideoLlama3Processor(
                prompt, pictures(folder, config, card), card.choices().compress(compress));
    }

    private static long imageToken(Path folder, Tokenizer tokenizer) throws CheckpointException {
        try {
            OptionalLong id = tokenizer.id(PLACEHOLDER);
            return id.orElseThrow(
                    () ->
                            new CheckpointException(
                                    "the tokenizer in ["
                                            + folder
                                            + "] has no token ["
                                            + PLACEHOLDER
                                            + "]; is it that of another model?"));
        } catch (EngineException e) {
            throw new CheckpointException("[" + ModelFolder.TOKENIZER + "]: " + e.getMessage(), e);
        }
    }

    private static ReleasedPictures pictures(Path folder, VideoLlama3Config config, ModelCard card)
            throws CheckpointException {
        JsonObject images = PictureFile.IMAGES.json(folder);
        Path file = folder.resolve(PictureFile.NESTED);
        JsonObject processor = Files.exists(file) ? JsonFile.object(file) : new JsonObject();
        return PictureFile.IMAGES.usable(
                folder,
                () -> {
                    ReleasedPictures pictures =
                            ReleasedPictures.read(images, processor, card.maxPixels());
                    pictures.requirePatch(config.vision().patch());
                    return card.choices().exchangedImageSides() ? pictures.exchanged() : pictures;
                });
    }
}
