package org.vidvec.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;

/**
 * The gradients of a whole batch in the memory of a part of it (GradCache, Gao et al. 2021): the
 * batch is embedded without a memory of how, the loss is derived by the embeddings alone, and then
 * each chunk is embedded once more and gets its part.
 */
final class GradCache {

    /** What is embedded for one side of a loss. */
    interface Side {

        /** How many there are. */
        int size();

        /** Embeddings of some [to - from, hidden]. */
        Tensor embed(LearningPass pass, int from, int to) throws EngineException;

        /** The same, with what else their states teach. */
        default Read read(LearningPass pass, int from, int to) throws EngineException {
            return new Read(embed(pass, from, to), null);
        }
    }

    /**
     * What was read of a side.
     *
     * @param embeddings [some, hidden]
     * @param loss a loss of their states that needs no other part of the batch; null for none
     */
    record Read(Tensor embeddings, Tensor loss) {}

    private final Learner learner;
    private final int chunk;

    /**
     * @param chunk so many of a side go through the network at a time
     */
    GradCache(Learner learner, int chunk) {
        this.learner = learner;
        this.chunk = chunk;
    }

    /**
     * Adds the gradients of a batch, and of the losses that its sides have of their own.
     *
     * @return the loss of the embeddings
     */
    double backward(List<? extends Side> sides, PairStep.Loss loss) throws EngineException {
        List<float[]> gradients = new ArrayList<>();
        double value;
        try (TensorScope scope = learner.network().engine().scope()) {
            List<Tensor> leaves = new ArrayList<>();
            for (Side side : sides) {
                leaves.add(leaf(scope, side));
            }
            Tensor result = loss.of(scope, leaves);
            value = result.toFloats()[0];
            for (Tensor gradient : learner.optimizer().gradientsAt(scope, result, leaves)) {
                gradients.add(gradient.toFloats());
            }
        }
        for (int i = 0; i < sides.size(); i++) {
            backward(sides.get(i), gradients.get(i));
        }
        return value;
    }

    /** Embeddings of all, as if they had come from nowhere. */
    private Tensor leaf(TensorScope scope, Side side) throws EngineException {
        float[] all = new float[0];
        for (int at = 0; at < side.size(); at += chunk) {
            try (LearningPass pass = learner.pass()) {
                float[] some = side.embed(pass, at, end(side, at)).toFloats();
                int before = all.length;
                all = Arrays.copyOf(all, before + some.length);
                System.arraycopy(some, 0, all, before, some.length);
            }
        }
        return scope.leaf(all, side.size(), all.length / side.size());
    }

    private void backward(Side side, float[] gradients) throws EngineException {
        int hidden = gradients.length / side.size();
        for (int at = 0; at < side.size(); at += chunk) {
            int end = end(side, at);
            try (LearningPass pass = learner.pass()) {
                float[] own = Arrays.copyOfRange(gradients, at * hidden, end * hidden);
                Tensor gradient = pass.scope().floats(own, end - at, hidden);
                Read read = side.read(pass, at, end);
                if (read.loss() == null) {
                    pass.backwardFrom(List.of(read.embeddings()), List.of(gradient));
                } else {
                    Tensor one = pass.scope().floats(new float[] {1}, read.loss().shape());
                    pass.backwardFrom(
                            List.of(read.embeddings(), read.loss()), List.of(gradient, one));
                }
            }
        }
    }

    private int end(Side side, int at) {
        return Math.min(at + chunk, side.size());
    }
}
