package org.vidvec.backbone;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.vidvec.engine.DType;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.engine.TorchEngine;
import org.vidvec.engine.TorchModule;
import org.vidvec.engine.WeightEntry;
import org.vidvec.prompt.PreparedSequence;

/**
 * A network while it is trained: the same graph as for reading, whose states can be derived by the
 * weights that were made parameters. Lives as long as its network. Several threads may make states
 * at once, while nobody puts weights in or changes them.
 */
public final class NetworkLearner {

    private final TorchEngine engine;
    private final TorchModule module;
    private final DecoderConfig text;
    private final VisionTower tower;
    private final int layers;
    private final DType dtype;
    private final Map<String, WeightEntry> weights = new LinkedHashMap<>();

    NetworkLearner(
            TorchEngine engine,
            TorchModule module,
            DecoderConfig text,
            VisionTower tower,
            int layers,
            DType dtype,
            List<WeightEntry> weights) {
        this.engine = engine;
        this.module = module;
        this.text = text;
        this.tower = tower;
        this.layers = layers;
        this.dtype = dtype;
        weights.forEach(weight -> this.weights.put(weight.name(), weight));
    }

    /** What it computes on. */
    public TorchEngine engine() {
        return engine;
    }

    /** Number of decoder layers. */
    public int layers() {
        return layers;
    }

    /** What it computes in. */
    public DType dtype() {
        return dtype;
    }

    /**
     * The checkpoint's weights by the names of the graph sources, in network order; file and offset
     * say which tensor of the checkpoint each is.
     */
    public Map<String, WeightEntry> weights() {
        return Collections.unmodifiableMap(weights);
    }

    /**
     * Puts a weight that is to be learnt in place of one of that name or beside them.
     *
     * @param scope that lives as long as the training
     * @param kept what it is rounded to
     * @return the network's own memory: whoever changes it changes the network
     */
    public Tensor parameter(
            TensorScope scope, String name, DType kept, float[] values, long... shape)
            throws EngineException {
        return put(scope, name, kept, true, values, shape);
    }

    /** Puts a weight that stays as it is. */
    public void constant(String name, float[] values, long... shape) throws EngineException {
        try (TensorScope scope = engine.scope()) {
            put(scope, name, DType.FLOAT32, false, values, shape);
        }
    }

    private Tensor put(
            TensorScope scope,
            String name,
            DType kept,
            boolean learnt,
            float[] values,
            long... shape)
            throws EngineException {
        try (TensorScope given = engine.scope()) {
            return module.gradientCall("put_parameter")
                    .add(name)
                    .add(given.floats(values, shape))
                    .add(kept)
                    .add(learnt ? 1L : 0L)
                    .tensor(scope);
        }
    }

    /** A copy of a weight in float32, row by row. */
    public float[] weight(String name) throws EngineException {
        try (TensorScope scope = engine.scope()) {
            return module.gradientCall("weight").add(name).tensor(scope).toFloats();
        }
    }

    /**
     * States of all tokens of all sequences, one sequence behind the other.
     *
     * @param layer decoder layer whose output it is, 0..layers; the final norm is applied iff it is
     *     the last
     * @return [tokens, hidden]
     * @throws IllegalArgumentException if a sequence does not fit the network
     */
    public Tensor states(TensorScope scope, List<PreparedSequence> sequences, int layer)
            throws EngineException {
        return arguments(scope, sequences, new long[0]).states(scope, layer).get(0);
    }

    /**
     * The same of sequences with branches, each of which is read as if it were alone behind what
     * they go on from.
     *
     * @return [tokens, hidden], in the order of {@link BranchedSequence#joined}
     */
    public Tensor branchedStates(TensorScope scope, List<BranchedSequence> sequences, int layer)
            throws EngineException {
        return branched(scope, sequences).states(scope, layer).get(0);
    }

    /**
     * The same after two layers, from one pass.
     *
     * @param earlier below the last
     * @return of the earlier layer under the final norm as well, so that tokens can be read from
     *     it, and of the last
     */
    public List<Tensor> branchedStatesOfTwo(
            TensorScope scope, List<BranchedSequence> sequences, int earlier)
            throws EngineException {
        LearnerArguments arguments = branched(scope, sequences);
        List<Tensor> states = arguments.states(scope, earlier, layers);
        return List.of(arguments.end(scope, states.get(0), layers), states.get(1));
    }

    /**
     * The states of {@link #states} from a pass that keeps nothing but what each decoder layer
     * reads: the way back computes each layer once more (Chen et al. 2016).
     *
     * @throws IllegalArgumentException if a sequence does not fit the network
     */
    public RecomputedStates recomputed(
            TensorScope scope, List<PreparedSequence> sequences, int layer) throws EngineException {
        LearnerArguments arguments = arguments(scope, sequences, new long[0]);
        return new RecomputedStates(engine, arguments, scope, layer);
    }

    /** The states of {@link #branchedStates} in the same way. */
    public RecomputedStates recomputedBranches(
            TensorScope scope, List<BranchedSequence> sequences, int layer) throws EngineException {
        return new RecomputedStates(engine, branched(scope, sequences), scope, layer);
    }

    private LearnerArguments branched(TensorScope scope, List<BranchedSequence> sequences)
            throws EngineException {
        long[] branches =
                sequences.stream().flatMapToLong(s -> LongStream.of(s.branchOfTokens())).toArray();
        return arguments(
                scope, sequences.stream().map(BranchedSequence::joined).toList(), branches);
    }

    private LearnerArguments arguments(
            TensorScope scope, List<PreparedSequence> sequences, long[] branches)
            throws EngineException {
        SequenceBatch batch = SequenceBatch.of(sequences, List.of(), text.vocabulary());
        return LearnerArguments.of(module, batch, branches, tower.patchWidth(), scope);
    }

    /**
     * One vector for each sequence, not normalised to a length.
     *
     * @param states as {@link #states} gives them
     * @return [sequences, hidden]
     */
    public Tensor pool(
            TensorScope scope,
            Tensor states,
            List<PreparedSequence> sequences,
            ReadoutPlan.Pooling pooling)
            throws EngineException {
        long[] lengths = sequences.stream().mapToLong(PreparedSequence::length).toArray();
        return pool(scope, states, lengths, pooling);
    }

    /**
     * One vector for each of some stretches of states.
     *
     * @param states [tokens, hidden], one stretch behind the other
     * @param lengths tokens of each
     * @return [stretches, hidden]
     */
    public Tensor pool(
            TensorScope scope, Tensor states, long[] lengths, ReadoutPlan.Pooling pooling)
            throws EngineException {
        return module.gradientCall("learn_pool")
                .add(states)
                .add(lengths)
                .add(pooling == ReadoutPlan.Pooling.MEAN ? 1L : 0L)
                .tensor(scope);
    }

    /**
     * The states of some tokens.
     *
     * @param tokens places among all
     * @return [tokens, hidden] in float32
     */
    public Tensor rows(TensorScope scope, Tensor states, long[] tokens) throws EngineException {
        return module.gradientCall("learn_rows").add(states).add(tokens).tensor(scope);
    }

    /**
     * What may follow some tokens.
     *
     * @param states of the last layer, as {@link #states} gives them
     * @param tokens places among them
     * @param rows token ids whose logits are wanted; empty for the whole vocabulary
     * @return [tokens, rows]
     */
    public Tensor logits(TensorScope scope, Tensor states, long[] tokens, long[] rows)
            throws EngineException {
        return module.gradientCall("learn_logits").add(states).add(tokens).add(rows).tensor(scope);
    }
}
