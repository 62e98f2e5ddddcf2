package org.vidvec.model;

import java.nio.file.Path;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.Tokenizer;
import org.vidvec.family.Qwen2VlPrompt;
import org.vidvec.prompt.AddedTokens;
import org.vidvec.prompt.ChatTemplate;
import org.vidvec.prompt.MropeProcessor;
import org.vidvec.prompt.Patches;
import org.vidvec.prompt.PictureProcessor;
import org.vidvec.prompt.PromptEncoder;
import org.vidvec.prompt.PromptProcessor;
import org.vidvec.prompt.VideoClock;

/**
 * The processors of Qwen2-VL and Qwen2.5-VL, which differ in their clock only.
 *
 * @param imageToken placeholder of an image's tokens
 * @param videoToken placeholder of a video's tokens
 * @param patches what config.json says of them
 * @param clock how positions follow time
 */
record Qwen2Processors(long imageToken, long videoToken, Patches patches, VideoClock clock) {

    private static final String RELEASED_SYSTEM = "You are a helpful assistant.";

    /**
     * Reads the folder's other files.
     *
     * @throws CheckpointException if one is unusable
     */
    PromptProcessor read(Path folder, Tokenizer tokenizer, ModelCard card)
            throws CheckpointException {
        PromptEncoder encoder =
                new PromptEncoder(
                        tokenizer,
                        AddedTokens.of(JsonFile.object(folder.resolve(ModelFolder.TOKENIZER))),
                        imageToken,
                        videoToken);
        return new MropeProcessor(
                new Qwen2VlPrompt(
                        encoder,
                        ChatTemplate.defaultSystemMessage(folder, RELEASED_SYSTEM),
                        card.positionRule(),
                        clock),
                imageToken,
                videoToken,
                pictures(folder, PictureFile.IMAGES, card),
                pictures(folder, PictureFile.VIDEOS, card));
    }

    private PictureProcessor pictures(Path folder, PictureFile file, ModelCard card)
            throws CheckpointException {
        return new PictureProcessor(file.read(folder, patches).atMost(card.maxPixels()));
    }
}
