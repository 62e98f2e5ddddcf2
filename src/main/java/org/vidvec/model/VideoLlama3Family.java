package org.vidvec.model;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import org.vidvec.backbone.NetworkConfig;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.Tokenizer;
import org.vidvec.family.VideoLlama3Config;
import org.vidvec.family.VideoLlama3Processor;
import org.vidvec.family.VideoLlama3Prompt;
import org.vidvec.media.Sampling;
import org.vidvec.prompt.AddedTokens;
import org.vidvec.prompt.ChatTemplate;
import org.vidvec.prompt.FrameSizing;
import org.vidvec.prompt.Patches;
import org.vidvec.prompt.PictureProcessor;
import org.vidvec.prompt.PreprocessorConfig;
import org.vidvec.prompt.PromptProcessor;

/** VideoLLaMA3 as transformers writes it, with VidVec's recipe as its default card. */
final class VideoLlama3Family implements ModelFamily {

    // HF Qwen2Config
    private static final int MAX_TOKENS = 32768;

    private static final int IMAGE_MERGE = 1;
    private static final int VIDEO_MERGE = 2;

    @Override
    public String modelType() {
        return VideoLlama3Config.MODEL_TYPE;
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
    public Optional<Sampling> ownSampling(JsonObject settings) {
        return ProcessorSampling.stride(settings, 180, 1);
    }

    @Override
    public NetworkConfig config(Path folder) throws CheckpointException {
        return VideoLlama3Config.read(folder);
    }

    @Override
    public int maxTokens() {
        return MAX_TOKENS;
    }

    @Override
    public PromptProcessor processor(Path folder, Tokenizer tokenizer, ModelCard card)
            throws CheckpointException {
        VideoLlama3Config config = VideoLlama3Config.read(folder);
        int patch = config.vision().patch();
        JsonObject videos = PictureFile.VIDEOS.json(folder);
        VideoLlama3Prompt prompt =
                new VideoLlama3Prompt(
                        tokenizer,
                        AddedTokens.of(JsonFile.object(folder.resolve(ModelFolder.TOKENIZER))),
                        ChatTemplate.defaultSystemMessage(folder, ""),
                        new VideoLlama3Prompt.Placeholder("<|image_pad|>", config.imageToken()),
                        new VideoLlama3Prompt.Placeholder("<|video_pad|>", config.videoToken()));
        return new VideoLlama3Processor(
                prompt,
                pictures(folder, PictureFile.IMAGES, new Patches(patch, 1, IMAGE_MERGE), card),
                pictures(folder, PictureFile.VIDEOS, new Patches(patch, 1, VIDEO_MERGE), card),
                card.choices().compress(JsonFile.flag(videos, "use_token_compression", true)));
    }

    private static PictureProcessor pictures(
            Path folder, PictureFile file, Patches patches, ModelCard card)
            throws CheckpointException {
        PreprocessorConfig config = file.read(folder, patches);
        return new PictureProcessor(config, FrameSizing.shared(config, card.maxPixels()));
    }
}
