package org.vidvec.backbone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.DType;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.engine.TorchEngine;
import org.vidvec.engine.TorchModule;
import org.vidvec.engine.WeightEntry;

/** Qwen2-VL (Wang et al. 2024) on libtorch; the network itself is in {@code graphs/qwen2_vl.py}. */
public final class Qwen2VlNetwork implements VisionLanguageNetwork {

    private static final List<String> GRAPH =
            List.of("weights.py", "layers.py", "decoder.py", "qwen2_vision.py", "qwen2_vl.py");

    private final TorchEngine engine;
    private final TorchModule module;
    private final Qwen2VlConfig config;
    private final NetworkOptions options;
    private final long memoryBytes;

    private Qwen2VlNetwork(
            TorchEngine engine,
            TorchModule module,
            Qwen2VlConfig config,
            NetworkOptions options,
            long memoryBytes) {
        this.engine = engine;
        this.module = module;
        this.config = config;
        this.options = options;
        this.memoryBytes = memoryBytes;
    }

    /**
     * Loads a checkpoint: weights are mapped, not read, where the type stays and the device is the
     * CPU.
     *
     * @param folder with config.json and safetensors files
     * @throws CheckpointException if a file is missing or unusable, naming it
     * @throws EngineException if memory is short or the engine does not take the network
     * @throws IllegalArgumentException if more layers are asked for than there are
     */
    public static Qwen2VlNetwork load(TorchEngine engine, Path folder, NetworkOptions options)
            throws CheckpointException, EngineException {
        Qwen2VlConfig config = Qwen2VlConfig.read(folder);
        int layers = options.layers() == 0 ? config.text().layers() : options.layers();
        if (layers > config.text().layers()) {
            throw new IllegalArgumentException(
                    "[layers] is ["
                            + layers
                            + "], but the model in ["
                            + folder
                            + "] has ["
                            + config.text().layers()
                            + "]");
        }
        List<WeightEntry> weights =
                Qwen2VlWeights.find(Checkpoint.open(folder), config, layers, options.head());
        // one type for all, so that a stray tensor of another type does not stop a product
        DType dtype = options.dtype() == null ? storedType(weights) : options.dtype();
        NetworkOptions exact =
                new NetworkOptions(
                        options.device(), dtype, options.head() ? 0 : layers, options.head());
        TorchModule module = TorchModule.compile(engine, "Qwen2Vl", GRAPH);
        try {
            configure(module, config, options);
            long bytes = module.mapWeights(weights, dtype, options.device());
            return new Qwen2VlNetwork(engine, module, config, exact, bytes);
        } catch (EngineException | RuntimeException e) {
            module.close();
            throw e;
        }
    }

    private static DType storedType(List<WeightEntry> weights) {
        return weights.stream()
                .filter(w -> w.name().equals("model.embed_tokens.weight"))
                .findFirst()
                .orElseThrow()
                .type()
                .dtype();
    }

    private static void configure(TorchModule module, Qwen2VlConfig config, NetworkOptions options)
            throws EngineException {
        DecoderConfig text = config.text();
        module.call("place").add(options.device().toString()).run();
        module.call("configure_decoder")
                .add(text.layers())
                .add(text.heads())
                .add(text.kvHeads())
                .add(text.headDim())
                .add(text.normEps())
                .add(text.ropeTheta())
                .add(text.ropeAxes().stream().mapToLong(Integer::longValue).toArray())
                .run();
        module.call("configure_vision")
                .add(config.vision().layers())
                .add(config.vision().heads())
                .add(config.vision().merge())
                .run();
    }

    @Override
    public List<Readout> read(List<PreparedSequence> sequences, ReadoutPlan plan)
            throws EngineException {
        check(plan);
        SequenceBatch batch = SequenceBatch.of(sequences, config.text().vocabulary());
        VisionBatch vision = VisionBatch.of(batch, config.vision());
        try (TensorScope scope = engine.scope()) {
            List<Tensor> results =
                    module.call("read")
                            .add(batch.ids(scope))
                            .add(batch.positions(scope))
                            .add(batch.lengths(scope))
                            .add(batch.padded())
                            .add(vision.patches(scope))
                            .add(vision.grids())
                            .add(vision.runs())
                            .add(vision.placesTensor(scope))
                            .add(plan.layer())
                            .add(plan.pooling() == ReadoutPlan.Pooling.MEAN)
                            .add(scope.longs(plan.headRows(), plan.headRows().length))
                            .tensors(scope);
            float[] states = results.get(0).toFloats();
            float[] logits = results.size() > 1 ? results.get(1).toFloats() : new float[0];
            return split(states, logits, sequences.size());
        }
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
        if (plan.headRows().length > 0) {
            requireHead();
        }
        for (long row : plan.headRows()) {
            if (row < 0 || row >= config.text().vocabulary()) {
                throw new IllegalArgumentException(
                        "no head row ["
                                + row
                                + "]; the vocabulary has ["
                                + config.text().vocabulary()
                                + "] tokens");
            }
        }
    }

    private void requireHead() {
        if (options.head() == false) {
            throw new IllegalArgumentException(
                    "logits are not there: the network was loaded without its head");
        }
    }

    @Override
    public Trace trace(PreparedSequence sequence) throws EngineException {
        requireHead();
        SequenceBatch batch = SequenceBatch.of(List.of(sequence), config.text().vocabulary());
        VisionBatch vision = VisionBatch.of(batch, config.vision());
        try (TensorScope scope = engine.scope()) {
            List<Tensor> tensors =
                    module.call("trace")
                            .add(batch.ids(scope))
                            .add(batch.positions(scope))
                            .add(vision.patches(scope))
                            .add(vision.grids())
                            .add(vision.runs())
                            .add(vision.placesTensor(scope))
                            .tensors(scope);
            List<float[]> values = new ArrayList<>();
            for (Tensor tensor : tensors) {
                values.add(tensor.toFloats());
            }
            return trace(values, vision.inputs().isEmpty() ? 0 : config.vision().layers() + 2);
        }
    }

    // values: patch embedding, vision layers, vision output, states, last state normed, logits
    private Trace trace(List<float[]> values, int numVision) {
        float[] none = new float[0];
        List<float[]> vision = values.subList(0, numVision);
        List<float[]> states = new ArrayList<>(values.subList(numVision, values.size() - 2));
        float[] raw = states.set(layers(), values.get(values.size() - 2));
        return new Trace(
                vision.isEmpty() ? none : vision.get(0),
                vision.isEmpty() ? List.of() : List.copyOf(vision.subList(1, numVision - 1)),
                vision.isEmpty() ? none : vision.get(numVision - 1),
                states,
                raw,
                values.get(values.size() - 1));
    }

    /** What its checkpoint's config.json says. */
    public Qwen2VlConfig config() {
        return config;
    }

    @Override
    public int layers() {
        return options.layers() == 0 ? config.text().layers() : options.layers();
    }

    @Override
    public int hiddenSize() {
        return config.text().hidden();
    }

    @Override
    public DType dtype() {
        return options.dtype();
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
