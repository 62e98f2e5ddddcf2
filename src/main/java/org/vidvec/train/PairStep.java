package org.vidvec.train;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;

/** The loss of a batch of pairs and its way back to the parameters. */
final class PairStep {

    /** What is made small. */
    @FunctionalInterface
    interface Loss {
        /**
         * @param sides embeddings of each side [N, hidden], of negatives [N * K, hidden]
         * @return one number
         */
        Tensor of(TensorScope scope, List<Tensor> sides) throws EngineException;
    }

    private final Learner learner;
    private final Loss loss;

    PairStep(Learner learner, Loss loss) {
        this.learner = learner;
        this.loss = loss;
    }

    /**
     * Adds the gradients of a batch.
     *
     * @param sides queries, targets and what else the loss takes
     * @param chunk inputs of one side that go through the network at a time ({@link GradCache}); 0
     *     for all of all
     * @return the loss
     */
    double backward(List<? extends GradCache.Side> sides, int chunk) throws EngineException {
        if (chunk > 0) {
            return new GradCache(learner, chunk).backward(sides, loss);
        }
        try (LearningPass pass = learner.pass()) {
            List<Tensor> embedded = new ArrayList<>();
            for (GradCache.Side side : sides) {
                embedded.add(side.embed(pass, 0, side.size()));
            }
            return pass.backward(loss.of(pass.scope(), embedded));
        }
    }
}
