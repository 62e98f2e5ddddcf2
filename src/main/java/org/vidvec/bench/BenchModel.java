package org.vidvec.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.vidvec.backbone.KeyValues;
import org.vidvec.backbone.KvFormer;
import org.vidvec.backbone.NetworkOptions;
import org.vidvec.backbone.Readout;
import org.vidvec.backbone.ReadoutPlan;
import org.vidvec.backbone.VisionLanguageNetwork;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.WeightForm;
import org.vidvec.generation.EndTokens;
import org.vidvec.generation.Generator;
import org.vidvec.model.KvFormerCard;
import org.vidvec.model.ModelException;
import org.vidvec.model.ModelParts;
import org.vidvec.model.ProcessorChoices;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.prompt.PositionRule;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PromptPart;
import org.vidvec.prompt.PromptProcessor;
import org.vidvec.prompt.PromptStyle;

/** A network and its processor, with inputs of any size. */
final class BenchModel implements AutoCloseable {

    private final BenchOptions options;
    private final ModelParts parts;
    private final VisionLanguageNetwork network;
    private final PromptProcessor processor;
    private final Checkpoint checkpoint;
    private final Generator generator;

    private BenchModel(
            BenchOptions options,
            ModelParts parts,
            VisionLanguageNetwork network,
            PromptProcessor processor,
            Checkpoint checkpoint) {
        this.options = options;
        this.parts = parts;
        this.network = network;
        this.processor = processor;
        this.checkpoint = checkpoint;
        this.generator = new Generator(network, parts.tokenizer(), Set.of());
    }

    /**
     * @throws ModelException if a file is missing or unusable, or the engine fails
     * @throws CheckpointException if the weights can't be listed
     */
    static BenchModel load(NativeLibraries natives, BenchOptions options)
            throws ModelException, CheckpointException {
        ModelParts parts = ModelParts.open(natives, options.model(), options.threads());
        VisionLanguageNetwork network = null;
        try {
            NetworkOptions how = options.network();
            PromptProcessor processor =
                    parts.processor(PositionRule.CLASSIC, ProcessorChoices.NONE);
            Checkpoint checkpoint = how.open(options.model());
            network = parts.network(how);
            return new BenchModel(options, parts, network, processor, checkpoint);
        } finally {
            if (network == null) {
                parts.close();
            }
        }
    }

    VisionLanguageNetwork network() {
        return network;
    }

    /**
     * The head that lies beside the checkpoint, which the caller closes; null if there is none.
     *
     * @throws ModelException if it can't be used
     */
    KvFormer head() throws ModelException {
        Path config = options.model().resolve(KvFormerCard.STANDARD.config());
        Path weights = options.model().resolve(KvFormerCard.STANDARD.weights());
        return Files.exists(config) ? parts.kvFormer(weights, config, network.dtype()) : null;
    }

    /** Writes texts that end where the checkpoint says. */
    Generator ending() throws CheckpointException {
        return new Generator(network, parts.tokenizer(), EndTokens.read(options.model()));
    }

    /** What its matrices are kept in. */
    WeightForm form() {
        return network.form();
    }

    /** A text of so many tokens, all the same few words. */
    static PreparedSequence text(int tokens) {
        long[] ids = new long[tokens];
        Arrays.setAll(ids, i -> 100 + i * 37L % 800);
        return text(ids);
    }

    /** A text of these tokens. */
    static PreparedSequence text(long[] ids) {
        long[] positions = new long[ids.length];
        Arrays.setAll(positions, i -> i);
        return new PreparedSequence(ids, new long[][] {positions, positions, positions}, List.of());
    }

    /** What the processor makes of parts. */
    PreparedSequence prepare(PromptPart... parts) throws EngineException {
        return processor.prepare(List.of(parts), PromptStyle.PLAIN);
    }

    /** States of the last token after a layer; 0: the last that is loaded. */
    List<float[]> embed(List<PreparedSequence> batch, int layer) throws EngineException {
        int read = layer == 0 ? network.layers() : layer;
        ReadoutPlan plan = ReadoutPlan.state(read, ReadoutPlan.Pooling.LAST);
        return network.read(batch, plan).stream().map(Readout::state).toList();
    }

    /** Logits of two answers behind memories, or without any. */
    List<float[]> match(List<PreparedSequence> batch, List<KeyValues> memories)
            throws EngineException {
        ReadoutPlan plan =
                new ReadoutPlan(network.layers(), ReadoutPlan.Pooling.LAST, new long[] {100, 101});
        return network.read(batch, memories, plan).stream().map(Readout::logits).toList();
    }

    /** Reads a sequence up to its last picture into a memory. */
    KeyValues remember(PreparedSequence sequence) throws EngineException {
        int end = sequence.length() - words(sequence);
        KeyValues memory = network.room(end);
        try {
            ReadoutPlan plan = ReadoutPlan.state(network.layers(), ReadoutPlan.Pooling.LAST);
            network.extend(List.of(part(sequence, 0, end)), List.of(memory), plan);
            return memory;
        } catch (EngineException | RuntimeException e) {
            memory.close();
            throw e;
        }
    }

    /** What comes after a sequence's last picture, with its places. */
    static PreparedSequence tail(PreparedSequence sequence) {
        int rest = words(sequence);
        return part(sequence, sequence.length() - rest, sequence.length());
    }

    private static int words(PreparedSequence sequence) {
        long placeholder = sequence.vision().get(sequence.vision().size() - 1).placeholder();
        int words = 0;
        while (sequence.ids()[sequence.length() - 1 - words] != placeholder) {
            words++;
        }
        return words;
    }

    private static PreparedSequence part(PreparedSequence sequence, int from, int to) {
        List<long[]> positions = new ArrayList<>();
        for (long[] axis : sequence.positions()) {
            positions.add(Arrays.copyOfRange(axis, from, to));
        }
        return new PreparedSequence(
                Arrays.copyOfRange(sequence.ids(), from, to),
                positions.toArray(new long[0][]),
                from == 0 ? sequence.vision() : List.of());
    }

    /**
     * Writes so many tokens, each the most likely one, as a node writes them.
     *
     * @param before what was read before the sequence; none if nothing was
     */
    WrittenAnswer write(PreparedSequence sequence, List<KeyValues> before, int tokens)
            throws EngineException {
        return WrittenAnswer.time(generator, sequence, before, tokens);
    }

    /**
     * What nothing but the products of a pass takes, up to a layer (0: the last) whose state of the
     * last token is read.
     */
    ProductRate.Products products(List<PreparedSequence> batch, int layer) throws EngineException {
        return products(batch, layer, 0);
    }

    /** The same where the whole head reads so many of these tokens. */
    ProductRate.Products products(List<PreparedSequence> batch, int layer, int heads)
            throws EngineException {
        int last = layer == 0 ? network.layers() : layer;
        return new ProductRate(parts.engine(), network.dtype(), form())
                .of(ProductShapes.of(checkpoint, last), batch, heads);
    }

    BenchOptions options() {
        return options;
    }

    @Override
    public void close() {
        network.close();
        parts.close();
    }
}
