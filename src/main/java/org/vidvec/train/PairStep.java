package org.vidvec.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vidvec.backbone.NetworkLearner;
import org.vidvec.backbone.ReadoutPlan.Pooling;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.prompt.PreparedSequence;

/**
 * The loss of a batch of pairs and its way back to the parameters. With chunks (GradCache, Gao et
 * al. 2021) the batch is embedded without a memory of how, the loss is derived by the embeddings
 * alone, and then each chunk is embedded once more and gets its part: the same gradients in the
 * memory of one chunk.
 */
final class PairStep {

    private final NetworkLearner learner;
    private final Losses losses;
    private final Optimizer optimizer;
    private final PairLoss loss;
    private final double weight;
    private final int layer;
    private final Pooling pooling;

    /**
     * @param weight factor of the loss
     */
    PairStep(
            NetworkLearner learner,
            Losses losses,
            Optimizer optimizer,
            PairLoss loss,
            double weight,
            int layer,
            Pooling pooling) {
        this.learner = learner;
        this.losses = losses;
        this.optimizer = optimizer;
        this.loss = loss;
        this.weight = weight;
        this.layer = layer;
        this.pooling = pooling;
    }

    /**
     * Adds the gradients of a batch.
     *
     * @param chunk sequences of one side that go through the network at a time; 0 for all of both
     * @return the loss
     */
    double backward(List<PreparedSequence> queries, List<PreparedSequence> targets, int chunk)
            throws EngineException {
        if (chunk > 0) {
            return chunked(queries, targets, chunk);
        }
        try (TensorScope scope = learner.engine().scope()) {
            Tensor q = embed(scope, queries);
            Tensor t = embed(scope, targets);
            return optimizer.backward(loss(scope, q, t));
        }
    }

    private double chunked(
            List<PreparedSequence> queries, List<PreparedSequence> targets, int chunk)
            throws EngineException {
        List<float[]> gradients = new ArrayList<>();
        double value;
        try (TensorScope scope = learner.engine().scope()) {
            Tensor q = leaf(scope, queries, chunk);
            Tensor t = leaf(scope, targets, chunk);
            Tensor result = loss(scope, q, t);
            value = result.toFloats()[0];
            for (Tensor gradient : optimizer.gradientsAt(scope, result, List.of(q, t))) {
                gradients.add(gradient.toFloats());
            }
        }
        backward(queries, gradients.get(0), chunk);
        backward(targets, gradients.get(1), chunk);
        return value;
    }

    private Tensor loss(TensorScope scope, Tensor q, Tensor t) throws EngineException {
        Tensor own = loss.of(losses, scope, q, t);
        return losses.weightedSum(scope, List.of(own), new double[] {weight});
    }

    /** Embeddings of all, as if they had come from nowhere. */
    private Tensor leaf(TensorScope scope, List<PreparedSequence> sequences, int chunk)
            throws EngineException {
        float[] all = new float[0];
        for (int at = 0; at < sequences.size(); at += chunk) {
            try (TensorScope own = learner.engine().scope()) {
                float[] some = embed(own, part(sequences, at, chunk)).toFloats();
                int before = all.length;
                all = Arrays.copyOf(all, before + some.length);
                System.arraycopy(some, 0, all, before, some.length);
            }
        }
        return scope.leaf(all, sequences.size(), all.length / sequences.size());
    }

    private void backward(List<PreparedSequence> sequences, float[] gradients, int chunk)
            throws EngineException {
        int hidden = gradients.length / sequences.size();
        for (int at = 0; at < sequences.size(); at += chunk) {
            List<PreparedSequence> some = part(sequences, at, chunk);
            try (TensorScope scope = learner.engine().scope()) {
                float[] own =
                        Arrays.copyOfRange(gradients, at * hidden, (at + some.size()) * hidden);
                Tensor gradient = scope.floats(own, some.size(), hidden);
                optimizer.backwardFrom(embed(scope, some), gradient);
            }
        }
    }

    private static List<PreparedSequence> part(List<PreparedSequence> all, int at, int chunk) {
        return all.subList(at, Math.min(at + chunk, all.size()));
    }

    private Tensor embed(TensorScope scope, List<PreparedSequence> sequences)
            throws EngineException {
        Tensor states = learner.states(scope, sequences, layer);
        return learner.pool(scope, states, sequences, pooling);
    }
}
