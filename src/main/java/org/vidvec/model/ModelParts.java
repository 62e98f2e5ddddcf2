package org.vidvec.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.vidvec.backbone.ConfigReader;
import org.vidvec.backbone.KvFormer;
import org.vidvec.backbone.KvFormerConfig;
import org.vidvec.backbone.NetworkOptions;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.DType;
import org.vidvec.engine.Device;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.EngineOptions;
import org.vidvec.engine.Tokenizer;
import org.vidvec.engine.TorchEngine;
import org.vidvec.media.Sampling;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import org.vidvec.prompt.PositionRule;
import org.vidvec.prompt.PromptProcessor;

/**
 * A checkpoint's family, part by part and without a card: what comparing it with a reference needs.
 */
public final class ModelParts implements AutoCloseable {

    private final Path folder;
    private final ModelFamily family;
    private final TorchEngine engine;
    private final Tokenizer tokenizer;

    private ModelParts(Path folder, ModelFamily family, TorchEngine engine, Tokenizer tokenizer) {
        this.folder = folder;
        this.family = family;
        this.engine = engine;
        this.tokenizer = tokenizer;
    }

    /** Whether the {@code model_type} of a folder's config.json is one that can be loaded. */
    public static boolean isKnown(Path folder) {
        try {
            ModelFamilies.of(modelType(folder));
            return true;
        } catch (CheckpointException e) {
            return false;
        }
    }

    /**
     * The {@code model_type} of a folder's config.json.
     *
     * @throws CheckpointException if there is none
     */
    public static String modelType(Path folder) throws CheckpointException {
        return ConfigReader.open(folder.resolve(ModelFolder.CONFIG)).text("model_type");
    }

    /**
     * Opens a checkpoint; no weights are loaded.
     *
     * @param threads that one operation uses; 0 for one per core
     * @throws ModelException if the family is unknown, or a file or the natives can't be used
     */
    public static ModelParts open(NativeLibraries natives, Path folder, int threads)
            throws ModelException {
        try {
            ModelFamily family = ModelFamilies.of(modelType(folder));
            TorchEngine engine = TorchEngine.start(natives, new EngineOptions(threads));
            Path file = folder.resolve(ModelFolder.TOKENIZER);
            return new ModelParts(folder, family, engine, Tokenizer.load(natives, file));
        } catch (CheckpointException e) {
            throw new ModelException(ModelException.Kind.CHECKPOINT, e.getMessage(), e);
        } catch (NativeLibraryException | EngineException e) {
            throw new ModelException(ModelException.Kind.ENGINE, e.getMessage(), e);
        }
    }

    /** What it runs on. */
    public TorchEngine engine() {
        return engine;
    }

    /** Its tokenizer, as long as this is open. */
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /**
     * The family's processor, with the checkpoint's own bounds of sizes.
     *
     * @param choices what is changed about it
     * @throws ModelException if a file is missing or unusable
     */
    public PromptProcessor processor(PositionRule rule, ProcessorChoices choices)
            throws ModelException {
        try {
            ModelCard card = family.defaultCard().asTheCheckpointSays(rule, choices);
            return family.processor(folder, tokenizer, card);
        } catch (CheckpointException e) {
            throw new ModelException(ModelException.Kind.CHECKPOINT, e.getMessage(), e);
        }
    }

    /**
     * How the family's own video processor samples frames.
     *
     * @param arguments what it is called with, over the checkpoint's file
     * @return nothing if it takes all frames
     * @throws ModelException if the file is unusable
     */
    public Optional<Sampling> ownSampling(JsonObject arguments) throws ModelException {
        try {
            JsonObject settings = PictureFile.VIDEOS.json(folder).deepCopy();
            arguments.entrySet().forEach(e -> settings.add(e.getKey(), e.getValue()));
            return family.ownSampling(settings);
        } catch (CheckpointException e) {
            throw new ModelException(ModelException.Kind.CHECKPOINT, e.getMessage(), e);
        }
    }

    /**
     * The same by {@code model_type} alone.
     *
     * @throws CheckpointException if there is no such family
     */
    public static Optional<Sampling> ownSampling(String modelType, JsonObject settings)
            throws CheckpointException {
        return ModelFamilies.of(modelType).ownSampling(settings);
    }

    /**
     * The token that texts of a batch are filled up with: {@code pad_token} of
     * tokenizer_config.json; 0 if there is none.
     *
     * @throws ModelException if the file or the tokenizer fails
     */
    public long padToken() throws ModelException {
        try {
            Path file = folder.resolve("tokenizer_config.json");
            JsonObject json = Files.exists(file) ? JsonFile.object(file) : new JsonObject();
            JsonElement token = json.get("pad_token");
            if (token == null || token.isJsonNull()) {
                return 0;
            }
            JsonElement text =
                    token.isJsonObject() ? token.getAsJsonObject().get("content") : token;
            return tokenizer.id(text.getAsString()).orElse(0);
        } catch (CheckpointException e) {
            throw new ModelException(ModelException.Kind.CHECKPOINT, e.getMessage(), e);
        } catch (EngineException e) {
            throw new ModelException(ModelException.Kind.ENGINE, e.getMessage(), e);
        }
    }

    /**
     * Loads a KV-Former head on the CPU; the caller closes it.
     *
     * @param file its weights
     * @param config its {@code kv_former_config.json}
     * @throws ModelException if a file is missing or unusable, or the engine fails
     */
    public KvFormer kvFormer(Path file, Path config, DType dtype) throws ModelException {
        try {
            return KvFormer.load(engine, file, KvFormerConfig.read(config), dtype, Device.CPU);
        } catch (CheckpointException e) {
            throw new ModelException(ModelException.Kind.CHECKPOINT, e.getMessage(), e);
        } catch (EngineException e) {
            throw new ModelException(ModelException.Kind.ENGINE, e.getMessage(), e);
        }
    }

    /**
     * Loads all of the network on the CPU, its matrices in that very type, as a reference has them;
     * the caller closes it.
     *
     * @param adapter folder of a LoRA adapter; null for none
     * @throws ModelException if a file is missing or unusable, or the engine fails
     */
    public VisionLanguageNetwork network(DType dtype, Path adapter) throws ModelException {
        return network(NetworkOptions.likeReference(dtype, adapter));
    }

    /**
     * Loads the network; the caller closes it.
     *
     * @throws ModelException if a file is missing or unusable, or the engine fails
     */
    public VisionLanguageNetwork network(NetworkOptions options) throws ModelException {
        try {
            return family.config(folder).load(engine, folder, options);
        } catch (CheckpointException e) {
            throw new ModelException(ModelException.Kind.CHECKPOINT, e.getMessage(), e);
        } catch (EngineException e) {
            throw new ModelException(ModelException.Kind.ENGINE, e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
