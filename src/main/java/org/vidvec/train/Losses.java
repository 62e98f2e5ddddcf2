package org.vidvec.train;

import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.engine.TorchEngine;
import org.vidvec.engine.TorchModule;

/**
 * What training makes small, from {@code graphs/losses.py}. Queries and targets [N, D] belong
 * together row by row and need not have norm 1; every loss is a tensor of one number that can be
 * derived.
 */
public final class Losses implements AutoCloseable {

    private final TorchModule module;

    /**
     * @throws EngineException if the engine does not take the graph
     */
    public Losses(TorchEngine engine) throws EngineException {
        module = TorchModule.compile(engine, "Losses", List.of("losses.py"));
    }

    /**
     * InfoNCE with in-batch negatives (van den Oord et al. 2018).
     *
     * @param tau temperature, 0.02 in VLM2Vec-V2
     */
    public Tensor infoNce(TensorScope scope, Tensor queries, Tensor targets, double tau)
            throws EngineException {
        return module.gradientCall("info_nce").add(queries).add(targets).add(tau).tensor(scope);
    }

    /** The mean of InfoNCE from queries to targets and from targets to queries. */
    public Tensor infoNceSymmetric(TensorScope scope, Tensor queries, Tensor targets, double tau)
            throws EngineException {
        return module.gradientCall("info_nce_symmetric")
                .add(queries)
                .add(targets)
                .add(tau)
                .tensor(scope);
    }

    /**
     * InfoNCE with hard negatives beside the in-batch ones (VLM2Vec-V2 §3.2).
     *
     * @param negatives [N, K, D], K for each query
     */
    public Tensor infoNceHard(
            TensorScope scope, Tensor queries, Tensor targets, Tensor negatives, double tau)
            throws EngineException {
        return module.gradientCall("info_nce_hard")
                .add(queries)
                .add(targets)
                .add(negatives)
                .add(tau)
                .tensor(scope);
    }

    /**
     * Rows that belong to others: rows [N * K, D], those [N, D] that they belong to -> [N, K, D]
     */
    public Tensor grouped(TensorScope scope, Tensor rows, Tensor owners) throws EngineException {
        return module.gradientCall("grouped").add(rows).add(owners).tensor(scope);
    }

    /**
     * The right window of a video against wrong ones of the same video (ViLL-E, appendix B).
     *
     * @param negatives [N, K, D], K wrong windows for each query; K is 2 in the paper
     */
    public Tensor localization(
            TensorScope scope, Tensor queries, Tensor targets, Tensor negatives, double tau)
            throws EngineException {
        return module.gradientCall("localization")
                .add(queries)
                .add(targets)
                .add(negatives)
                .add(tau)
                .tensor(scope);
    }

    /** The dual-softmax loss from queries to targets (VidVec §3.5). */
    public Tensor dualSoftmax(
            TensorScope scope, Tensor queries, Tensor targets, DualSoftmax constants)
            throws EngineException {
        return dualSoftmax("dual_softmax", scope, queries, targets, constants);
    }

    /** The mean of the dual-softmax loss both ways. */
    public Tensor dualSoftmaxSymmetric(
            TensorScope scope, Tensor queries, Tensor targets, DualSoftmax constants)
            throws EngineException {
        return dualSoftmax("dual_softmax_symmetric", scope, queries, targets, constants);
    }

    private Tensor dualSoftmax(
            String method, TensorScope scope, Tensor queries, Tensor targets, DualSoftmax constants)
            throws EngineException {
        return module.gradientCall(method)
                .add(queries)
                .add(targets)
                .add(constants.temperature())
                .add(constants.scale())
                .add(constants.factor())
                .tensor(scope);
    }

    /** What the dual-softmax loss is made of: cosines, prior and revised cosines, each [N, N]. */
    public List<Tensor> dualSoftmaxParts(
            TensorScope scope, Tensor queries, Tensor targets, DualSoftmax constants)
            throws EngineException {
        return module.gradientCall("dual_softmax_parts")
                .add(queries)
                .add(targets)
                .add(constants.temperature())
                .add(constants.factor())
                .tensors(scope);
    }

    /**
     * Cross entropy of the tokens that follow.
     *
     * @param logits [M, vocabulary]
     * @param tokens [M]; negative ones do not count
     */
    public Tensor nextToken(TensorScope scope, Tensor logits, Tensor tokens)
            throws EngineException {
        return module.gradientCall("next_token").add(logits).add(tokens).tensor(scope);
    }

    /**
     * Binary cross entropy of a match (ViLL-E, appendix B).
     *
     * @param logits [N, 2] of Yes and No
     * @param labels [N]: 1 where it matches, else 0
     */
    public Tensor match(TensorScope scope, Tensor logits, Tensor labels) throws EngineException {
        return module.gradientCall("match").add(logits).add(labels).tensor(scope);
    }

    /**
     * Losses together.
     *
     * @param losses of one number each, at least one
     * @param weights one for each
     */
    public Tensor weightedSum(TensorScope scope, List<Tensor> losses, double[] weights)
            throws EngineException {
        float[] factors = new float[weights.length];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = (float) weights[i];
        }
        return module.gradientCall("weighted_sum")
                .add(losses)
                .add(scope.floats(factors, factors.length))
                .tensor(scope);
    }

    @Override
    public void close() {
        module.close();
    }
}
