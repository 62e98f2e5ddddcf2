package org.vidvec.backbone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.DType;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.engine.TorchEngine;
import org.vidvec.engine.TorchModule;
import org.vidvec.engine.WeightEntry;
import org.vidvec.engine.WeightForm;
import org.vidvec.prompt.PreparedSequence;

/**
 * A vision tower and a decoder on libtorch; the network itself is in {@code
 * graphs/vision_language.py} and the sources of tower and decoder.
 */
final class TorchNetwork implements VisionLanguageNetwork {

    private static final List<String> SHARED =
            List.of("weights.py", "layers.py", "decoder.py", "vision.py");
    private static final List<String> MODULE =
            List.of("vision_language.py", "learning.py", "sweep.py");

    private final TorchEngine engine;
    private final TorchModule module;
    private final DecoderConfig text;
    private final VisionTower tower;
    private final NetworkOptions options;
    private final long memoryBytes;
    private final List<WeightEntry> weights;

    /**
     * Compiles the network and maps its weights; they are not read where the type stays and the
     * device is the CPU.
     *
     * @param weights under the names that the graph sources use
     * @throws CheckpointException if a weight holds NaN or infinity, by name
     * @throws EngineException if memory is short or the engine does not take the network
     */
    TorchNetwork(
            TorchEngine engine,
            DecoderConfig text,
            VisionTower tower,
            List<WeightEntry> weights,
            NetworkOptions options)
            throws CheckpointException, EngineException {
        this.engine = engine;
        this.text = text;
        this.tower = tower;
        this.weights = List.copyOf(weights);
        // one type for all, so that a stray tensor of another type does not stop a product
        this.options = options.decided(engine, storedType(weights));
        List<String> graph = new ArrayList<>(SHARED);
        graph.add(text.style().source());
        graph.add(tower.source());
        graph.addAll(MODULE);
        module = TorchModule.compile(engine, "VisionLanguage", graph);
        try {
            configure();
            memoryBytes =
                    module.mapWeights(
                            weights, this.options.dtype(), this.options.form(), options.device());
        } catch (CheckpointException | EngineException | RuntimeException e) {
            module.close();
            throw e;
        }
    }

    private static DType storedType(List<WeightEntry> weights) {
        return weights.stream()
                .filter(w -> w.name().equals(DecoderWeights.EMBEDDINGS))
                .findFirst()
                .orElseThrow()
                .type()
                .dtype();
    }

    private void configure() throws EngineException {
        module.call("place").add(options.device().toString()).run();
        module.call("configure_decoder")
                .add(text.layers())
                .add(text.kvHeads())
                .add(text.headDim())
                .add(text.normEps())
                .add(text.ropeTheta())
                .add(text.ropeAxes().stream().mapToLong(Integer::longValue).toArray())
                .run();
        module.call("configure_vision")
                .add(tower.layers())
                .add(tower.heads())
                .add(tower.more())
                .add(tower.deepstack())
                .run();
        if (options.eager()) {
            module.call("attend_eagerly").run();
        }
    }

    @Override
    public List<Readout> read(
            List<PreparedSequence> sequences, List<KeyValues> memories, ReadoutPlan plan)
            throws EngineException {
        return read(SequenceBatch.of(sequences, memories, text.vocabulary()), false, plan);
    }

    @Override
    public List<Readout> extend(
            List<PreparedSequence> sequences, List<KeyValues> memories, ReadoutPlan plan)
            throws EngineException {
        SequenceBatch batch = SequenceBatch.of(sequences, memories, text.vocabulary());
        batch.checkRoom();
        if (plan.layer() < text.layers() && plan.hasLogits() == false) {
            throw new IllegalArgumentException(
                    "a memory needs all ["
                            + text.layers()
                            + "] layers, the plan stops at ["
                            + plan.layer()
                            + "]");
        }
        List<Readout> readouts = read(batch, true, plan);
        batch.count();
        return readouts;
    }

    private List<Readout> read(SequenceBatch batch, boolean grows, ReadoutPlan plan)
            throws EngineException {
        check(plan);
        VisionBatch vision = VisionBatch.of(batch, tower.patchWidth());
        try (TensorScope scope = engine.scope()) {
            List<Tensor> results =
                    vision.addTo(
                                    module.call("read")
                                            .add(batch.ids(scope))
                                            .add(batch.positions(scope))
                                            .add(batch.lengths())
                                            .add(batch.prefixes())
                                            .add(batch.seen())
                                            .add(batch.memoryTensors())
                                            .add(batch.memoryOf())
                                            .add(grows),
                                    scope)
                            .add(plan.layer())
                            .add(plan.pooling() == ReadoutPlan.Pooling.MEAN)
                            .add(rows(plan, scope))
                            .tensors(scope);
            float[] states = results.get(0).toFloats();
            float[] logits = results.size() > 1 ? results.get(1).toFloats() : new float[0];
            return split(states, logits, batch.sequences().size());
        }
    }

    @Override
    public KeyValues room(int tokens) throws EngineException {
        return room(tokens, List.of(), 0);
    }

    @Override
    public KeyValues copy(KeyValues memory, int more) throws EngineException {
        int tokens = Math.addExact(memory.tokens(), more);
        KeyValues copy = room(tokens, List.of(memory.tensor()), memory.tokens());
        copy.beginWith(memory);
        return copy;
    }

    private KeyValues room(int tokens, List<Tensor> before, int seen) throws EngineException {
        requireAllLayers("a memory");
        TensorScope scope = engine.scope();
        boolean made = false;
        try {
            Tensor tensor = module.call("room").add(tokens).add(before).add(seen).tensor(scope);
            KeyValues memory = new KeyValues(scope, tensor, dtype().bytes());
            made = true;
            return memory;
        } finally {
            if (made == false) {
                scope.close();
            }
        }
    }

    // nothing, or what `logits` takes: no ids for the whole head
    private static List<Tensor> rows(ReadoutPlan plan, TensorScope scope) throws EngineException {
        if (plan.hasLogits() == false) {
            return List.of();
        }
        long[] ids = plan.wholeHead() ? new long[0] : plan.headRows();
        return List.of(scope.longs(ids, ids.length));
    }

    private static List<Readout> split(float[] states, float[] logits, int rows) {
        int hidden = states.length / rows;
        int perRow = logits.length / rows;
        List<Readout> readouts = new ArrayList<>();
        for (int b = 0; b < rows; b++) {
            readouts.add(
                    new Readout(
                            Arrays.copyOfRange(states, b * hidden, (b + 1) * hidden),
                            Arrays.copyOfRange(logits, b * perRow, (b + 1) * perRow)));
        }
        return readouts;
    }

    private void check(ReadoutPlan plan) {
        if (plan.layer() < 0 || plan.layer() > layers()) {
            throw new IllegalArgumentException(
                    "no layer [" + plan.layer() + "]; the layers [0.." + layers() + "] are loaded");
        }
        if (plan.hasLogits()) {
            requireHead();
        }
        for (long row : plan.headRows()) {
            if (row < 0 || row >= text.vocabulary()) {
                throw new IllegalArgumentException(
                        "no head row ["
                                + row
                                + "]; the vocabulary has ["
                                + text.vocabulary()
                                + "] tokens");
            }
        }
    }

    private void requireAllLayers(String what) {
        if (layers() < text.layers()) {
            throw new IllegalArgumentException(
                    what
                            + " needs all ["
                            + text.layers()
                            + "] layers, loaded are ["
                            + layers()
                            + "]");
        }
    }

    private void requireHead() {
        if (options.head() == false) {
            throw new IllegalArgumentException(
                    "logits are not there: the network was loaded without its head");
        }
    }

    @Override
    public List<float[]> states(List<PreparedSequence> sequences) throws EngineException {
        requireAllLayers("the last state");
        SequenceBatch batch = SequenceBatch.of(sequences, List.of(), text.vocabulary());
        VisionBatch vision = VisionBatch.of(batch, tower.patchWidth());
        try (TensorScope scope = engine.scope()) {
            List<Tensor> results =
                    vision.addTo(
                                    module.call("states")
                                            .add(batch.ids(scope))
                                            .add(batch.positions(scope))
                                            .add(batch.lengths())
                                            .add(batch.prefixes()),
                                    scope)
                            .tensors(scope);
            float[] all = results.get(0).toFloats();
            List<float[]> states = new ArrayList<>();
            int at = 0;
            for (PreparedSequence sequence : sequences) {
                int size = sequence.length() * text.hidden();
                states.add(Arrays.copyOfRange(all, at, at + size));
                at += size;
            }
            return states;
        }
    }

    @Override
    public List<float[][]> layers(List<PreparedSequence> sequences, ReadoutPlan.Pooling pooling)
            throws EngineException {
        requireAllLayers("a sweep over the layers");
        return new LayerReading(engine, module, text, tower).read(sequences, pooling);
    }

    @Override
    public Trace trace(PreparedSequence sequence) throws EngineException {
        requireHead();
        SequenceBatch batch = SequenceBatch.of(List.of(sequence), List.of(), text.vocabulary());
        VisionBatch vision = VisionBatch.of(batch, tower.patchWidth());
        try (TensorScope scope = engine.scope()) {
            List<Tensor> tensors =
                    vision.addTo(
                                    module.call("trace")
                                            .add(batch.ids(scope))
                                            .add(batch.positions(scope))
                                            .add(sequence.prefix()),
                                    scope)
                            .tensors(scope);
            List<float[]> values = new ArrayList<>();
            for (Tensor tensor : tensors) {
                values.add(tensor.toFloats());
            }
            return trace(values, vision.inputs().isEmpty() ? 0 : tower.outputs());
        }
    }

    // values: patch embedding, vision layers, more of the tower, vision output, states, last state
    // normed, logits, inputs of the layers
    private Trace trace(List<float[]> values, int numVision) {
        float[] none = new float[0];
        List<float[]> vision = values.subList(0, numVision);
        int end = numVision + layers() + 1;
        List<float[]> states = new ArrayList<>(values.subList(numVision, end));
        float[] raw = states.set(layers(), values.get(end));
        float[] logits = values.get(end + 1);
        Map<String, float[]> more = new LinkedHashMap<>();
        for (int i = 0; i < layers(); i++) {
            more.put("layer_inputs." + i, values.get(end + 2 + i));
        }
        if (numVision == 0) {
            return new Trace(none, List.of(), none, states, raw, logits, more);
        }
        int from = 1 + tower.layers();
        for (int i = 0; i < tower.between().size(); i++) {
            more.put(tower.between().get(i), vision.get(from + i));
        }
        return new Trace(
                vision.get(0),
                List.copyOf(vision.subList(1, from)),
                vision.get(numVision - 1),
                states,
                raw,
                logits,
                more);
    }

    @Override
    public NetworkLearner learner() {
        return new NetworkLearner(engine, module, text, tower, layers(), dtype(), weights);
    }

    @Override
    public long tokenBytes() {
        return 2L * text.layers() * text.kvHeads() * text.headDim() * dtype().bytes();
    }

    @Override
    public int layers() {
        return options.layers() == 0 ? text.layers() : options.layers();
    }

    @Override
    public int hiddenSize() {
        return text.hidden();
    }

    @Override
    public DType dtype() {
        return options.dtype();
    }

    @Override
    public WeightForm form() {
        return options.form();
    }

    @Override
    public long memoryBytes() {
        return memoryBytes;
    }

    @Override
    public void close() {
        module.close();
    }
}
