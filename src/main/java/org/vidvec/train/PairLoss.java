package org.vidvec.train;

import java.util.List;
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
     * The loss of sides, a tensor of one number.
     *
     * @param sides queries and targets [N, D] and, for InfoNCE alone, negatives [N * K, D], K for
     *     each query: they are among what it may find, not among what finds it
     * @throws EngineException if the engine fails
     * @throws IllegalArgumentException if there are negatives for a loss without
     */
    default Tensor of(Losses losses, TensorScope scope, List<Tensor> sides) throws EngineException {
        Tensor queries = sides.get(0);
        Tensor targets = sides.get(1);
        if (sides.size() > 2) {
            return hard(losses, scope, sides);
        }
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

    private Tensor hard(Losses losses, TensorScope scope, List<Tensor> sides)
            throws EngineException {
        if (this instanceof InfoNce nce) {
            Tensor negatives = losses.grouped(scope, sides.get(2), sides.get(0));
            Tensor there =
                    losses.infoNceHard(scope, sides.get(0), sides.get(1), negatives, nce.tau());
            if (nce.symmetric() == false) {
                return there;
            }
            Tensor back = losses.infoNce(scope, sides.get(1), sides.get(0), nce.tau());
            return losses.weightedSum(scope, List.of(there, back), new double[] {0.5, 0.5});
        }
        throw new IllegalArgumentException("the dual softmax has no negatives");
    }
}
