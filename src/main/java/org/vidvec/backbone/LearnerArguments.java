package org.vidvec.backbone;

import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.engine.TorchModule;

/**
 * The calls of {@code graphs/learning.py} for one batch, whose inputs lie in native memory as long
 * as its scope.
 *
 * @param patches empty where there are none
 * @param branches of each token; none if no sequence has any
 */
record LearnerArguments(
        TorchModule module,
        Tensor ids,
        Tensor positions,
        long[] lengths,
        long[] prefixes,
        Tensor patches,
        long[] grids,
        long[] runs,
        Tensor places,
        Tensor kept,
        long[] branches,
        Tensor nothing) {

    /**
     * @throws IllegalArgumentException if pictures and placeholders do not fit
     */
    static LearnerArguments of(
            TorchModule module,
            SequenceBatch batch,
            long[] branches,
            int patchWidth,
            TensorScope scope)
            throws EngineException {
        VisionBatch vision = VisionBatch.of(batch, patchWidth);
        List<Tensor> patches = vision.patches(scope);
        Tensor nothing = scope.floats(new float[0], 0);
        return new LearnerArguments(
                module,
                batch.ids(scope),
                batch.positions(scope),
                batch.lengths(),
                batch.prefixes(),
                patches.isEmpty() ? nothing : patches.get(0),
                vision.grids(),
                vision.runs(),
                vision.placesTensor(scope),
                vision.kept(scope),
                branches,
                nothing);
    }

    /** States of all tokens after each of some layers, which can be derived. */
    List<Tensor> states(TensorScope scope, long... layers) throws EngineException {
        return module.gradientCall("learn")
                .add(ids)
                .add(positions)
                .add(lengths)
                .add(prefixes)
                .add(patches)
                .add(grids)
                .add(runs)
                .add(places)
                .add(kept)
                .add(branches)
                .add(layers)
                .tensors(scope);
    }

    /** What the first layer reads, and what is added to the outputs of the first layers. */
    List<Tensor> start(TensorScope scope, boolean remembers) throws EngineException {
        var call =
                module.gradientCall("learn_start")
                        .add(ids)
                        .add(patches)
                        .add(grids)
                        .add(runs)
                        .add(places)
                        .add(kept);
        return (remembers ? call : call.forgetting()).tensors(scope);
    }

    /**
     * What a layer makes of what it reads.
     *
     * @param number from 0
     * @param more what is added to it; null for nothing
     */
    Tensor layer(TensorScope scope, int number, Tensor x, Tensor more, boolean remembers)
            throws EngineException {
        var call =
                module.gradientCall("learn_layer")
                        .add(x)
                        .add(positions)
                        .add(lengths)
                        .add(prefixes)
                        .add(places)
                        .add(branches)
                        .add(more == null ? nothing : more)
                        .add((long) number);
        return (remembers ? call : call.forgetting()).tensor(scope);
    }

    /**
     * The output of the last layer that is run, under the final norm if it is the network's last.
     */
    Tensor end(TensorScope scope, Tensor x, int layer) throws EngineException {
        return module.gradientCall("learn_end").add(x).add((long) layer).tensor(scope);
    }

    /** The same numbers, as a beginning of what is derived. */
    Tensor leaf(TensorScope scope, Tensor x) throws EngineException {
        return module.gradientCall("learn_leaf").add(x).tensor(scope);
    }
}
