package org.vidvec.backbone;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.engine.TorchEngine;
import org.vidvec.engine.TorchModule;
import org.vidvec.engine.WeightEntry;
import org.vidvec.prompt.PreparedSequence;

/**
 * A network while it is trained: the same graph as for reading, whose states can be derived by the
 * weights that were made parameters. Lives as long as its network. Used by one thread.
 */
public final class NetworkLearner {

    private final TorchEngine engine;
    private final TorchModule module;
    private final DecoderConfig text;
    private final VisionTower tower;
    private final int layers;
    private final Map<String, WeightEntry> weights = new LinkedHashMap<>();

    NetworkLearner(
            TorchEngine engine,
            TorchModule module,
            DecoderConfig text,
            VisionTower tower,
            int layers,
            List<WeightEntry> weights) {
        this.engine = engine;
        this.module = module;
        this.text = text;
        this.tower = tower;
        this.layers = layers;
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

    /**
     * The checkpoint's weights by the names of the graph sources, in network order; file and offset
     * say which tensor of the checkpoint each is.
     */
    public Map<String, WeightEntry> weights() {
        return Collections.unmodifiableMap(weights);
    }

    /**
     * Puts a weight that is to be learnt, in float32, in place of one of that name or beside them.
     *
     * @param scope that lives as long as the training
     * @return the network's own memory: whoever changes it changes the network
     */
    public Tensor parameter(TensorScope scope, String name, float[] values, long... shape)
            throws EngineException {
        return put(scope, name, true, values, shape);
    }

    /** Puts a weight that stays as it is. */
    public void constant(String name, float[] values, long... shape) throws EngineException {
        try (TensorScope scope = engine.scope()) {
            put(scope, name, false, values, shape);
        }
    }

    private Tensor put(
            TensorScope scope, String name, boolean learnt, float[] values, long... shape)
            throws EngineException {
        try (TensorScope given = engine.scope()) {
            return module.gradientCall("put_parameter")
                    .add(name)
                    .add(given.floats(values, shape))
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
        return states(scope, sequences, new long[0], layer);
    }

    /**
     * The same of sequences with branches, each of which is read as if it were alone behind what
     * they go on from.
     *
     * @return [tokens, hidden], in the order of {@link BranchedSequence#joined}
     */
    public Tensor branchedStates(TensorScope scope, List<BranchedSequence> sequences, int layer)
            throws EngineException {
        long[] branches =
                sequences.stream().flatMapToLong(s -> LongStream.of(s.branchOfTokens())).toArray();
        return states(
                scope, sequences.stream().map(BranchedSequence::joined).toList(), branches, layer);
    }

    private Tensor states(
            TensorScope scope, List<PreparedSequence> sequences, long[] branches, int layer)
            throws EngineException {
        SequenceBatch batch = SequenceBatch.of(sequences, List.of(), text.vocabulary());
        VisionBatch vision = VisionBatch.of(batch, tower.patchWidth());
        List<Tensor> patches = vision.patches(scope);
        return module.gradientCall("learn")
                .add(batch.ids(scope))
                .add(batch.positions(scope))
                .add(batch.lengths())
                .add(batch.prefixes())
                .add(patches.isEmpty() ? scope.floats(new float[0], 0) : patches.get(0))
                .add(vision.grids())
                .add(vision.runs())
                .add(vision.placesTensor(scope))
                .add(vision.kept(scope))
                .add(branches)
                .add((long) layer)
                .tensor(scope);
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
        return module.gradientCall("learn_pool")
                .add(states)
                .add(lengths)
                .add(pooling == ReadoutPlan.Pooling.MEAN ? 1L : 0L)
                .tensor(scope);
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
