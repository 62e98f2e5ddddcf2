package org.vidvec.model;

import java.nio.file.Path;
import java.util.List;
import org.vidvec.backbone.KvFormer;
import org.vidvec.backbone.KvFormerConfig;
import org.vidvec.backbone.NetworkOptions;
import org.vidvec.backbone.PrefixCache;
import org.vidvec.backbone.SharedPrefixes;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.Device;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.EngineOptions;
import org.vidvec.engine.Tokenizer;
import org.vidvec.engine.TorchEngine;
import org.vidvec.generation.EndTokens;
import org.vidvec.media.Frame;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import org.vidvec.prompt.PromptProcessor;

/**
 * Puts a described model into memory and looks at it once, so that it can be trusted afterwards.
 */
final class VisionLanguageModelLoader {

    private final NativeLibraries natives;
    private final EngineOptions options;
    private final String device;
    private final PrefixCache prefixCache;

    /**
     * @param device {@code auto}, {@code cpu} or {@code cuda:N}
     * @param prefixCache of all models
     */
    VisionLanguageModelLoader(
            NativeLibraries natives,
            EngineOptions options,
            String device,
            PrefixCache prefixCache) {
        this.natives = natives;
        this.options = options;
        this.device = device;
        this.prefixCache = prefixCache;
    }

    LoadedModel load(ModelDescription model) throws ModelException {
        try {
            TorchEngine engine = TorchEngine.start(natives, options);
            Device place = place(engine);
            Tokenizer tokenizer =
                    Tokenizer.load(natives, model.folder().base().resolve(ModelFolder.TOKENIZER));
            boolean loaded = false;
            try {
                LoadedModel result = load(model.on(place), engine, place, tokenizer);
                loaded = true;
                return result;
            } finally {
                if (loaded == false) {
                    tokenizer.close();
                }
            }
        } catch (CheckpointException e) {
            throw new ModelException(
                    ModelException.Kind.CHECKPOINT,
                    "model [" + model.info().id() + "]: " + e.getMessage(),
                    e);
        } catch (NativeLibraryException | EngineException e) {
            throw new ModelException(
                    ModelException.Kind.ENGINE,
                    "model [" + model.info().id() + "] can't be loaded: " + e.getMessage(),
                    e);
        }
    }

    private Device place(TorchEngine engine) throws ModelException {
        try {
            return engine.device(device);
        } catch (EngineException | IllegalArgumentException e) {
            throw new ModelException(ModelException.Kind.RESOURCES, e.getMessage(), e);
        }
    }

    private LoadedModel load(
            ModelDescription model, TorchEngine engine, Device place, Tokenizer tokenizer)
            throws ModelException, CheckpointException, EngineException {
        Path path = model.folder().base();
        MatchQuestion usual = model.family().defaultCard(path).match();
        AnswerTokens.requireNamed(model.card().match(), usual, tokenizer);
        AnswerTokens answers = AnswerTokens.of(model.card().match(), tokenizer);
        PromptProcessor processor = model.family().processor(path, tokenizer, model.card());
        VisionLanguageNetwork network =
                model.family().config(path).load(engine, path, options(model, place));
        SharedPrefixes prefixes =
                new SharedPrefixes(network, prefixCache, model.info().fingerprint());
        KvFormer head = null;
        boolean works = false;
        try {
            head = head(model, engine, place);
            SequenceReader reader =
                    new SequenceReader(
                            model.info().id(),
                            processor,
                            network,
                            prefixes,
                            model.sizes().maxTokens());
            LoadedModel loaded =
                    new VisionLanguageModel(
                            model,
                            reader,
                            answers,
                            network,
                            prefixes,
                            tokenizer,
                            head,
                            EndTokens.read(path),
                            place);
            probe(loaded, processor.sees());
            works = true;
            return loaded;
        } finally {
            // what was looked at once is nobody's
            prefixes.close();
            if (works == false) {
                if (head != null) {
                    head.close();
                }
                network.close();
            }
        }
    }

    private static NetworkOptions options(ModelDescription model, Device place)
            throws ModelException {
        try {
            return new NetworkOptions(
                    place, model.dtype(), 0, true, model.adapter(), model.card().quantization());
        } catch (IllegalArgumentException e) {
            throw new ModelException(ModelException.Kind.RESOURCES, e.getMessage(), e);
        }
    }

    /** The head that the card asks for; null for none. */
    private static KvFormer head(ModelDescription model, TorchEngine engine, Device place)
            throws CheckpointException, EngineException {
        KvFormerCard card = model.card().kvFormer();
        if (card == null) {
            return null;
        }
        Path path = model.folder().holderOf(card.config());
        KvFormerConfig sizes = card.check(path, model.sizes().hidden());
        Path weights = path.resolve(card.weights());
        return KvFormer.load(engine, weights, sizes, model.dtype(), place);
    }

    /** Damaged weights show here, not in the first request. */
    private static void probe(LoadedModel model, boolean sees) throws ModelException {
        int side = 56;
        Content text = new Content.Text("a");
        Content other =
                sees
                        ? new Content.Image(new Frame(0, side, side, new byte[side * side * 3]))
                        : text;
        model.embedder()
                .embed(List.of(new EmbedInput(List.of(other, text), EmbedInput.Role.QUERY, null)));
        model.matcher().match(List.of(text), List.of(other));
    }
}
