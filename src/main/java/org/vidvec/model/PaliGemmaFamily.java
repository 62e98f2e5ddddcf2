package org.vidvec.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.vidvec.backbone.NetworkConfig;
import org.vidvec.backbone.ReadoutPlan.Pooling;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.Tokenizer;
import org.vidvec.family.PaliGemmaConfig;
import org.vidvec.family.PaliGemmaProcessor;
import org.vidvec.family.PaliGemmaPrompt;
import org.vidvec.family.SiglipConfig;
import org.vidvec.media.Sampling;
import org.vidvec.prompt.AddedTokens;
import org.vidvec.prompt.PositionRule;
import org.vidvec.prompt.PreprocessorConfig;
import org.vidvec.prompt.PromptProcessor;
import org.vidvec.prompt.PromptStyle;

/** PaliGemma, with ViLL-E's recipe as its default card. */
final class PaliGemmaFamily implements ModelFamily {

    // HF GemmaConfig
    private static final int MAX_TOKENS = 8192;

    private static final Instructions NONE = new Instructions("", "", "", "", "");

    /**
     * ViLL-E: embedding tokens (App. C), the mean over tokens of the last layer (§3.2), 12 frames
     * (App. A Table 10), a Yes/No question (§5.3). Without its embedding head, which is no part of
     * a PaliGemma checkpoint, the states themselves are pooled.
     */
    private static final ModelCard VILL_E =
            new ModelCard(
                            0,
                            Pooling.MEAN,
                            PromptStyle.EMBED_TOKENS,
                            NONE,
                            NONE,
                            new MatchQuestion(
                                    "answer en Caption: {query}\nDoes the above {type} match the caption?"
                                            + " Answer \"Yes\" or \"No\".",
                                    "answer en {query}\nDo the pictures all show the same content?"
                                            + " Answer \"Yes\" or \"No\".",
                                    List.of("Yes", "yes"),
                                    List.of("No", "no")),
                            new Sampling.Uniform(12),
                            224 * 224,
                            PositionRule.CLASSIC,
                            null,
                            false,
                            "")
                    // K of ViLL-E §5.3; its App. H says 20
                    .with(ModelUse.NONE.generate(GenerateCard.PALI_GEMMA).rerankWindow(25));

    @Override
    public String modelType() {
        return PaliGemmaConfig.MODEL_TYPE;
    }

    @Override
    public ModelCard defaultCard() {
        return VILL_E;
    }

    @Override
    public Attention attention() {
        return Attention.PREFIX;
    }

    @Override
    public boolean hasEmbedTokens() {
        return true;
    }

    @Override
    public NetworkConfig config(Path folder) throws CheckpointException {
        return PaliGemmaConfig.read(folder);
    }

    @Override
    public int maxTokens() {
        return MAX_TOKENS;
    }

    @Override
    public PromptProcessor processor(Path folder, Tokenizer tokenizer, ModelCard card)
            throws CheckpointException {
        PaliGemmaConfig config = PaliGemmaConfig.read(folder);
        PaliGemmaPrompt prompt =
                new PaliGemmaPrompt(
                        tokenizer,
                        AddedTokens.of(JsonFile.object(folder.resolve(ModelFolder.TOKENIZER))),
                        config.imageToken());
        return new PaliGemmaProcessor(prompt, config, pictures(folder, config.vision()));
    }

    private static PreprocessorConfig pictures(Path folder, SiglipConfig vision)
            throws CheckpointException {
        JsonObject json = PictureFile.IMAGES.json(folder);
        return PictureFile.IMAGES.usable(
                folder,
                () -> {
                    checkSize(json, vision);
                    return PreprocessorConfig.of(withDefaults(json, vision));
                });
    }

    /** What the file of a SigLIP processor does not say: patches, and mean and deviation 0.5. */
    private static JsonObject withDefaults(JsonObject json, SiglipConfig vision) {
        JsonObject all = json.deepCopy();
        all.addProperty("patch_size", vision.patch());
        all.addProperty("temporal_patch_size", 1);
        all.addProperty("merge_size", 1);
        for (String name : List.of("image_mean", "image_std")) {
            if (all.has(name) == false || all.get(name).isJsonNull()) {
                JsonArray halves = new JsonArray();
                for (int channel = 0; channel < 3; channel++) {
                    halves.add(0.5);
                }
                all.add(name, halves);
            }
        }
        return all;
    }

    private static void checkSize(JsonObject json, SiglipConfig vision) {
        JsonObject size = json.getAsJsonObject("size");
        for (String side : List.of("height", "width")) {
            if (size != null && size.has(side) && size.get(side).getAsInt() != vision.image()) {
                throw new IllegalArgumentException(
                        "[size."
                                + side
                                + "] is ["
                                + size.get(side)
                                + "], but [image_size] is ["
                                + vision.image()
                                + "] in [config.json]; take both files from one checkpoint");
            }
        }
    }
}
