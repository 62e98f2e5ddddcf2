package org.vidvec.train;

import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;

/** What is made small for a batch of pairs. */
public sealed interface PairLoss {

    /**
     * InfoNCE with in-batch negatives (VLM2Vec-V2 §3.2).
     *
     * @param tau temperature
     * @param symmetric also from targets to queries
     */
    record InfoNce(double tau, boolean symmetric) implements PairLoss {}

    /**
     * The dual-softmax loss (VidVec §3.5).
     *
     * @param constants its numbers
     * @param symmetric also from targets to queries
     */
    record Dual(DualSoftmax constants, boolean symmetric) implements PairLoss {}

    /**
     * The loss of queries and targets [N, D], a tensor of one number.
     *
     * @throws EngineException if the engine fails
     */
    default Tensor of(Losses losses, TensorScope scope, Tensor queries, Tensor targets)
            throws EngineException {
        return switch (this) {
            case InfoNce nce ->
                    nce.symmetric()
                            ? losses.infoNceSymmetric(scope, queries, targets, nce.tau())
                            : losses.infoNce(scope, queries, targets, nce.tau());
            case Dual dual ->
                    dual.symmetric()
                            ? losses.dualSoftmaxSymmetric(scope, queries, targets, dual.constants())
                            : losses.dualSoftmax(scope, queries, targets, dual.constants());
        };
    }
}
