package org.vidvec.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.vidvec.backbone.NetworkOptions;
import org.vidvec.backbone.ReadoutPlan.Pooling;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.DType;
import org.vidvec.engine.Device;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.EngineOptions;
import org.vidvec.engine.Tokenizer;
import org.vidvec.engine.TorchEngine;
import org.vidvec.engine.WeightForm;
import org.vidvec.generation.EndTokens;
import org.vidvec.generation.Generator;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.PromptProcessor;
import org.vidvec.prompt.PromptStyle;

/**
 * A model folder opened for training on the CPU, with the prompts and the readout of its card, so
 * that it is trained on what it will be asked.
 */
public final class TrainableModel implements AutoCloseable {

    private final Path folder;
    private final ModelCard card;
    private final int layer;
    private final int maxTokens;
    private final Tokenizer tokenizer;
    private final PromptProcessor processor;
    private final VisionLanguageNetwork network;

    private TrainableModel(
            Path folder,
            ModelCard card,
            int layer,
            int maxTokens,
            Tokenizer tokenizer,
            PromptProcessor processor,
            VisionLanguageNetwork network) {
        this.folder = folder;
        this.card = card;
        this.layer = layer;
        this.maxTokens = maxTokens;
        this.tokenizer = tokenizer;
        this.processor = processor;
        this.network = network;
    }

    /**
     * Loads a folder in float32.
     *
     * @throws ModelException if something in it is missing or unusable, by name
     */
    public static TrainableModel open(NativeLibraries natives, Path folder, int threads)
            throws ModelException {
        return open(natives, folder, threads, DType.FLOAT32);
    }

    /**
     * Loads a folder.
     *
     * @param threads that one operation uses; 0 for one per core
     * @param dtype what it computes in
     * @throws ModelException if something in it is missing or unusable, by name
     */
    public static TrainableModel open(
            NativeLibraries natives, Path folder, int threads, DType dtype) throws ModelException {
        try {
            TorchEngine engine = TorchEngine.start(natives, new EngineOptions(threads));
            ModelFolder whole = new ModelFolder("base", folder, folder);
            if (Files.exists(folder.resolve(ModelFolder.CONFIG)) == false) {
                refuseAdapter(whole, "");
            }
            ModelFamily family = ModelDescription.family(folder);
            ModelCard card = ModelDescription.card(whole, family);
            ModelFamily.Sizes sizes = family.sizes(folder);
            int layer = ModelDescription.layer(card, sizes);
            refuseAdapter(whole, card.adapter());
            Tokenizer tokenizer = Tokenizer.load(natives, folder.resolve(ModelFolder.TOKENIZER));
            try {
                NetworkOptions options =
                        new NetworkOptions(Device.CPU, dtype, 0, true, null, WeightForm.PLAIN);
                return new TrainableModel(
                        folder,
                        card,
                        layer,
                        sizes.maxTokens(),
                        tokenizer,
                        family.processor(folder, tokenizer, card),
                        family.config(folder).load(engine, folder, options));
            } catch (CheckpointException | EngineException | RuntimeException e) {
                tokenizer.close();
                throw e;
            }
        } catch (CheckpointException e) {
            throw new ModelException(ModelException.Kind.CHECKPOINT, e.getMessage(), e);
        } catch (NativeLibraryException | EngineException e) {
            throw new ModelException(ModelException.Kind.ENGINE, e.getMessage(), e);
        }
    }

    private static void refuseAdapter(ModelFolder folder, String named) throws CheckpointException {
        Path adapter = folder.adapter(named);
        if (adapter != null) {
            throw new CheckpointException(
                    "["
                            + folder.path()
                            + "] has an adapter in ["
                            + adapter
                            + "], and it would be left out; train on the folder of its base");
        }
    }

    /** Where it lies. */
    public Path folder() {
        return folder;
    }

    /** Tokens of a sequence that it reads, at most. */
    public int maxTokens() {
        return maxTokens;
    }

    /** The network, closed with this. */
    public VisionLanguageNetwork network() {
        return network;
    }

    /** Decoder layer that the card reads, 1..layers. */
    public int layer() {
        return layer;
    }

    /** Hits that a rescore judges where a search does not say. */
    public int rerankWindow() {
        return card.use().rerankWindow();
    }

    /** How the card makes one vector of the states. */
    public Pooling pooling() {
        return card.pooling();
    }

    /** The head that the card reads in place of {@link #pooling()}; null for none. */
    public KvFormerCard headCard() {
        return card.kvFormer();
    }

    /**
     * What the network reads to embed an input, by the card's prompt.
     *
     * @throws ModelException of kind INPUT if a part can't be used or it has too many tokens
     */
    public PreparedSequence prepare(EmbedInput input) throws ModelException {
        return prepare(() -> composer().embed(input), card.style());
    }

    /**
     * The same with texts cut at their end, so that it takes so many tokens.
     *
     * @param most 0 for no cut
     * @throws ModelException of kind INPUT if a part can't be used, or it has too many tokens even
     *     so
     */
    public PreparedSequence prepare(EmbedInput input, int most) throws ModelException {
        if (most == 0) {
            return prepare(input);
        }
        List<PromptPart> prompt = cut(input, most);
        PreparedSequence sequence = prepare(() -> prompt, card.style());
        refuseOver(sequence.length(), most);
        return sequence;
    }

    private List<PromptPart> cut(EmbedInput input, int most) throws ModelException {
        int limit = limit(most);
        EmbedInput cut = new EmbedInput(input.parts(), input.role(), input.instruction(), most > 0);
        return new TextCut(card, (prompt, style) -> count(prompt, style) <= limit).prompt(cut);
    }

    private int limit(int most) {
        return most == 0 ? maxTokens : Math.min(most, maxTokens);
    }

    private void refuseOver(int tokens, int most) throws ModelException {
        if (tokens <= limit(most)) {
            return;
        }
        String over =
                most == 0
                        ? "the model's limit of [" + maxTokens + "]"
                        : "[batch.max_tokens], ["
                                + limit(most)
                                + "], and has no text that may be cut; raise it, or sample fewer or"
                                + " smaller frames";
        throw new ModelException(
                ModelException.Kind.INPUT, "it takes [" + tokens + "] tokens, over " + over);
    }

    private int count(List<PromptPart> prompt, PromptStyle style) throws ModelException {
        try {
            return processor.countTokens(prompt, style);
        } catch (IllegalArgumentException e) {
            throw new ModelException(ModelException.Kind.INPUT, e.getMessage(), e);
        } catch (EngineException e) {
            throw new ModelException(ModelException.Kind.ENGINE, e.getMessage(), e);
        }
    }

    /**
     * What the network reads to answer, by the chat template: the contents in their order, and the
     * beginning of the answer.
     *
     * @throws ModelException of kind INPUT if a part can't be used or it has too many tokens
     */
    public PreparedSequence prepareChat(List<Content> contents) throws ModelException {
        return prepare(() -> composer().chat(contents), PromptStyle.CHAT);
    }

    /**
     * What the head reads to say whether a candidate matches.
     *
     * @throws ModelException of kind INPUT if a part can't be used or it has too many tokens
     */
    public PreparedSequence prepareMatch(List<Content> query, Content candidate)
            throws ModelException {
        return prepareMatch(query, candidate, 0);
    }

    /**
     * The same where fewer tokens are allowed.
     *
     * @param most 0 for what the model reads
     * @throws ModelException of kind INPUT if a part can't be used or it has too many tokens
     */
    public PreparedSequence prepareMatch(List<Content> query, Content candidate, int most)
            throws ModelException {
        PreparedSequence sequence =
                prepare(() -> composer().match(query, candidate), PromptStyle.CHAT);
        refuseOver(sequence.length(), most);
        return sequence;
    }

    private PromptComposer composer() {
        return new PromptComposer(card);
    }

    private PreparedSequence prepare(Supplier<List<PromptPart>> prompt, PromptStyle style)
            throws ModelException {
        PreparedSequence sequence;
        try {
            sequence = processor.prepare(prompt.get(), style);
        } catch (IllegalArgumentException e) {
            throw new ModelException(ModelException.Kind.INPUT, e.getMessage(), e);
        } catch (EngineException e) {
            throw new ModelException(ModelException.Kind.ENGINE, e.getMessage(), e);
        }
        refuseOver(sequence.length(), 0);
        return sequence;
    }

    /** Token ids of an answer, without an end. */
    public long[] tokens(String answer) throws EngineException {
        return tokenizer.encode(answer, false);
    }

    /** The text of token ids, without special tokens. */
    public String text(long[] tokens) throws EngineException {
        return tokenizer.decode(tokens, true);
    }

    /**
     * Token ids with which the head says that something matches, and that it does not.
     *
     * @return the first of the card's answers of each side that is one token: yes, no
     * @throws ModelException if a side has none
     */
    public long[] yesAndNo() throws ModelException {
        AnswerTokens answers = AnswerTokens.of(card.match(), tokenizer);
        return new long[] {answers.yes()[0], answers.no()[0]};
    }

    /**
     * The token that ends an answer.
     *
     * @throws ModelException if the folder names none
     */
    public long endToken() throws ModelException {
        try {
            return EndTokens.read(folder).stream()
                    .min(Long::compare)
                    .orElseThrow(
                            () -> new CheckpointException("[" + folder + "] has no eos_token_id"));
        } catch (CheckpointException e) {
            throw new ModelException(ModelException.Kind.CHECKPOINT, e.getMessage(), e);
        }
    }

    /** Writes answers with the weights as they are now; closed with this. */
    public Generator generator() throws ModelException {
        return new Generator(network, tokenizer, Set.of(endToken()));
    }

    @Override
    public void close() {
        network.close();
        tokenizer.close();
    }
}
