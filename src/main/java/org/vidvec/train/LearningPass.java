package org.vidvec.train;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.backbone.BranchedSequence;
import org.vidvec.backbone.NetworkLearner;
import org.vidvec.backbone.RecomputedStates;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.prompt.PreparedSequence;

/**
 * The states that one loss is made of, and the way back from it to the parameters. With
 * recomputation (Chen et al. 2016) the pass keeps what each decoder layer reads and nothing else,
 * and the way back computes each layer once more: the same gradients in less memory, for a third
 * more time. Used by one thread.
 */
public final class LearningPass implements AutoCloseable {

    private final NetworkLearner learner;
    private final Optimizer optimizer;
    private final boolean recomputes;
    private final TensorScope scope;
    private final List<RecomputedStates> recomputed = new ArrayList<>();

    /**
     * @param recomputes whether layers are computed once more on the way back
     */
    public LearningPass(NetworkLearner learner, Optimizer optimizer, boolean recomputes)
            throws EngineException {
        this.learner = learner;
        this.optimizer = optimizer;
        this.recomputes = recomputes;
        this.scope = learner.engine().scope();
    }

    /** Where everything lies that the loss is made of. */
    public TensorScope scope() {
        return scope;
    }

    /** As {@link NetworkLearner#states}. */
    public Tensor states(List<PreparedSequence> sequences, int layer) throws EngineException {
        if (recomputes == false) {
            return learner.states(scope, sequences, layer);
        }
        RecomputedStates states = learner.recomputed(scope, sequences, layer);
        recomputed.add(states);
        return states.states();
    }

    /** As {@link NetworkLearner#branchedStates}. */
    Tensor branchedStates(List<BranchedSequence> sequences, int layer) throws EngineException {
        if (recomputes == false) {
            return learner.branchedStates(scope, sequences, layer);
        }
        RecomputedStates states = learner.recomputedBranches(scope, sequences, layer);
        recomputed.add(states);
        return states.states();
    }

    /**
     * As {@link NetworkLearner#branchedStatesOfTwo}.
     *
     * @throws IllegalStateException if layers are computed once more on the way back
     */
    List<Tensor> branchedStatesOfTwo(List<BranchedSequence> sequences, int earlier)
            throws EngineException {
        if (recomputes) {
            throw new IllegalStateException("recomputed layers give the states of one layer");
        }
        return learner.branchedStatesOfTwo(scope, sequences, earlier);
    }

    /** Adds the gradients of a loss to those that are there, and gives its value; once. */
    public double backward(Tensor loss) throws EngineException {
        if (recomputed.isEmpty()) {
            return optimizer.backward(loss);
        }
        backwardFrom(List.of(loss), List.of(scope.floats(new float[] {1}, loss.shape())));
        return loss.toFloats()[0];
    }

    /**
     * The gradients of a loss by all parameters, as {@link Optimizer#gradients}; they live as long
     * as this.
     *
     * @throws IllegalStateException if layers are computed once more on the way back
     */
    List<Tensor> gradients(Tensor loss) throws EngineException {
        if (recomputes) {
            throw new IllegalStateException("recomputed layers add their gradients themselves");
        }
        return optimizer.gradients(scope, loss);
    }

    /**
     * As {@link #backward}, from the gradients of a loss by things that the states made.
     *
     * @param gradients like each of {@code xs}
     */
    void backwardFrom(List<Tensor> xs, List<Tensor> gradients) throws EngineException {
        List<Tensor> cuts = recomputed.stream().map(RecomputedStates::cut).toList();
        List<Tensor> at = optimizer.backwardThrough(scope, xs, gradients, cuts);
        for (int i = 0; i < at.size(); i++) {
            recomputed.get(i).derive(optimizer::backwardThrough, at.get(i));
        }
    }

    @Override
    public void close() {
        recomputed.forEach(RecomputedStates::close);
        scope.close();
    }
}
