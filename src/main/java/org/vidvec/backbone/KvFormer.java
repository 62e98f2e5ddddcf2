package org.vidvec.backbone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.DType;
import org.vidvec.engine.Device;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Safetensors;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.engine.TorchEngine;
import org.vidvec.engine.TorchModule;
import org.vidvec.engine.WeightEntry;

/**
 * ViLL-E's embedding head (§3.2), and those that it is compared with ({@link HeadKind}): states of
 * the last decoder layer, after the final norm, to one vector. The file's tensors tell its variant:
 * with {@code mlp_gate} it is a whole Gemma layer with norms and residuals, without it everything
 * passes the learnt values; the paper does not say which. Thread-safe; closing it waits for the
 * running calls.
 */
public final class KvFormer implements AutoCloseable {

    private static final List<String> GRAPH = List.of("weights.py", "layers.py", "kv_former.py");

    private final TorchEngine engine;
    private final TorchModule module;
    private final KvFormerConfig config;
    private final boolean gemmaLayer;
    private final long memoryBytes;

    private KvFormer(
            TorchEngine engine,
            TorchModule module,
            KvFormerConfig config,
            boolean gemmaLayer,
            long memoryBytes) {
        this.engine = engine;
        this.module = module;
        this.config = config;
        this.gemmaLayer = gemmaLayer;
        this.memoryBytes = memoryBytes;
    }

    /**
     * Loads a head.
     *
     * @param file safetensors; not looked at where the kind has no weights
     * @param dtype what it computes in
     * @throws CheckpointException if the file is unusable or does not fit the config
     * @throws EngineException if memory is short or the engine fails
     */
    public static KvFormer load(
            TorchEngine engine, Path file, KvFormerConfig config, DType dtype, Device device)
            throws CheckpointException, EngineException {
        List<WeightEntry> weights = List.of();
        boolean gemmaLayer = false;
        if (config.kind().hasWeights()) {
            Safetensors tensors = Safetensors.open(file);
            gemmaLayer = tensors.entries().containsKey("mlp_gate.weight");
            Checkpoint checkpoint =
                    new Checkpoint(file.getParent(), List.of(file), tensors.entries());
            weights = config.kind().plan(config, gemmaLayer).findIn(checkpoint);
        }
        TorchModule module = TorchModule.compile(engine, "KvFormer", GRAPH);
        try {
            module.call("configure")
                    .add(device.toString())
                    .add(config.heads())
                    .add(config.normEps())
                    .run();
            long bytes = weights.isEmpty() ? 0 : module.mapWeights(weights, dtype, device);
            return new KvFormer(engine, module, config, gemmaLayer, bytes);
        } catch (CheckpointException | EngineException | RuntimeException e) {
            module.close();
            throw e;
        }
    }

    /**
     * A head that is to be learnt; it has no weights before {@link KvFormerLearner} puts them.
     *
     * @param gemmaLayer whether it has norms, residuals and a gate
     * @throws EngineException if the engine fails
     */
    public static KvFormerLearner learner(
            TorchEngine engine, KvFormerConfig config, boolean gemmaLayer) throws EngineException {
        TorchModule module = TorchModule.compile(engine, "KvFormer", GRAPH);
        try {
            module.call("configure")
                    .add(Device.CPU.toString())
                    .add(config.heads())
                    .add(config.normEps())
                    .run();
            return new KvFormerLearner(
                    module, config, config.kind().plan(config, gemmaLayer).shapes());
        } catch (EngineException | RuntimeException e) {
            module.close();
            throw e;
        }
    }

    /**
     * The embedding of one input.
     *
     * @param states [tokens, hidden]: of its text's tokens, or of those generated about a video up
     *     to the end token
     * @return [hidden], norm 1
     * @throws IllegalArgumentException if there is no state or their size is another
     * @throws EngineException if the native engine fails
     */
    public float[] embed(float[] states) throws EngineException {
        return run("embed", states).get(0);
    }

    /**
     * Everything on the way.
     *
     * @throws IllegalArgumentException as {@link #embed}
     * @throws EngineException if the native engine fails
     */
    public Steps trace(float[] states) throws EngineException {
        List<float[]> steps = run("trace", states);
        return new Steps(steps.get(0), steps.get(1), steps.get(2), steps.get(3), steps.get(4));
    }

    private List<float[]> run(String method, float[] states) throws EngineException {
        int hidden = config.hidden();
        if (states.length == 0 || states.length % hidden != 0) {
            throw new IllegalArgumentException(
                    "["
                            + states.length
                            + "] numbers are no states of the size ["
                            + hidden
                            + "]; give at least one state, of the model that the head was trained"
                            + " with");
        }
        try (TensorScope scope = engine.scope()) {
            Tensor input = scope.floats(states, states.length / hidden, hidden);
            List<Tensor> results = module.call(method).add(input).tensors(scope);
            List<float[]> values = new ArrayList<>();
            for (Tensor result : results) {
                values.add(result.toFloats());
            }
            return values;
        }
    }

    /** Whether it is the variant with norms, residuals and a gate. */
    public boolean isGemmaLayer() {
        return gemmaLayer;
    }

    /** Bytes of weights, mapped or allocated. */
    public long memoryBytes() {
        return memoryBytes;
    }

    @Override
    public void close() {
        module.close();
    }

    /**
     * What it computes for one input.
     *
     * @param attentionProbs [heads, tokens, poolingTokens]
     * @param attentionOutput [tokens, hidden] after the output projection
     * @param tokenEmbeddings [tokens, hidden] after the MLP
     * @param pooled [hidden]: their mean
     * @param embedding [hidden]: the same at norm 1
     */
    public record Steps(
            float[] attentionProbs,
            float[] attentionOutput,
            float[] tokenEmbeddings,
            float[] pooled,
            float[] embedding) {}
}
