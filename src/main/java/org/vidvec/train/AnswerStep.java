package org.vidvec.train;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.backbone.NetworkLearner;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.prompt.PreparedSequence;

/**
 * Answers to what is asked about something shown: the next token of an answer in words (ViLL-E,
 * appendix B), or Yes against No where a text matches or does not.
 */
final class AnswerStep {

    private final TrainableModel model;
    private final Learner learner;
    private final Losses losses;

    AnswerStep(TrainableModel model, Learner learner, Losses losses) {
        this.model = model;
        this.learner = learner;
        this.losses = losses;
    }

    /**
     * Adds the gradients of words behind prompts.
     *
     * @param chunk samples that go through the network at a time; 0 for all
     * @param weight factor of the loss
     * @return the weighted loss
     */
    double told(List<Told> told, int chunk, double weight) throws EngineException, ModelException {
        double all = told.stream().mapToInt(Told::learnt).sum();
        double loss = 0;
        for (List<Told> some : parts(told, chunk)) {
            NextTokens next = NextTokens.of(some, model.endToken());
            long[] wanted = next.tokens();
            loss +=
                    backward(
                            some.stream().map(Told::sequence).toList(),
                            next.places(),
                            new long[0],
                            weight * wanted.length / all,
                            (scope, logits) ->
                                    losses.nextToken(
                                            scope, logits, scope.longs(wanted, wanted.length)));
        }
        return loss;
    }

    /** The same of verdicts. */
    double verdicts(List<SamplePrompts.Claimed> batch, int chunk, double weight)
            throws EngineException, ModelException {
        double loss = 0;
        for (List<SamplePrompts.Claimed> some : parts(batch, chunk)) {
            loss += verdicts(some, weight * some.size() / batch.size());
        }
        return loss;
    }

    private double verdicts(List<SamplePrompts.Claimed> batch, double weight)
            throws EngineException, ModelException {
        List<PreparedSequence> sequences = new ArrayList<>();
        long[] ends = new long[batch.size()];
        long[] labels = new long[batch.size()];
        long begin = 0;
        for (int i = 0; i < batch.size(); i++) {
            SamplePrompts.Claimed one = batch.get(i);
            sequences.add(one.prompt());
            begin += one.prompt().length();
            ends[i] = begin - 1;
            labels[i] = one.matches() ? 1 : 0;
        }
        return backward(
                sequences,
                ends,
                model.yesAndNo(),
                weight,
                (scope, logits) -> losses.match(scope, logits, scope.longs(labels, labels.length)));
    }

    /** So many at a time; 0 for all. */
    private static <T> List<List<T>> parts(List<T> all, int chunk) {
        int size = chunk == 0 ? all.size() : chunk;
        List<List<T>> parts = new ArrayList<>();
        for (int at = 0; at < all.size(); at += size) {
            parts.add(all.subList(at, Math.min(at + size, all.size())));
        }
        return parts;
    }

    /** A loss of logits. */
    @FunctionalInterface
    private interface Loss {
        Tensor of(TensorScope scope, Tensor logits) throws EngineException;
    }

    private double backward(
            List<PreparedSequence> sequences, long[] places, long[] rows, double weight, Loss loss)
            throws EngineException {
        NetworkLearner network = learner.network();
        try (LearningPass pass = learner.pass()) {
            Tensor states = pass.states(sequences, network.layers());
            Tensor logits = network.logits(pass.scope(), states, places, rows);
            Tensor own = loss.of(pass.scope(), logits);
            return pass.backward(
                    losses.weightedSum(pass.scope(), List.of(own), new double[] {weight}));
        }
    }
}
