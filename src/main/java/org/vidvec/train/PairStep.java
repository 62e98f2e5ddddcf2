package org.vidvec.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    private final StateReader reader;
    private final Loss loss;

    PairStep(Learner learner, StateReader reader, Loss loss) {
        this.learner = learner;
        this.reader = reader;
        this.loss = loss;
    }

    /**
     * Adds the gradients of a batch.
     *
     * @param sides queries, targets and what else the loss takes
     * @param chunk sequences of one side that go through the network at a time; 0 for all of all
     * @return the loss
     */
    double backward(List<List<PreparedSequence>> sides, int chunk) throws EngineException {
        if (chunk > 0) {
            return chunked(sides, chunk);
        }
        try (LearningPass pass = learner.pass()) {
            List<Tensor> embedded = new ArrayList<>();
            for (List<PreparedSequence> side : sides) {
                embedded.add(reader.embed(pass, side));
            }
            return pass.backward(loss.of(pass.scope(), embedded));
        }
    }

    private double chunked(List<List<PreparedSequence>> sides, int chunk) throws EngineException {
        List<float[]> gradients = new ArrayList<>();
        double value;
        try (TensorScope scope = learner.network().engine().scope()) {
            List<Tensor> leaves = new ArrayList<>();
            for (List<PreparedSequence> side : sides) {
                leaves.add(leaf(scope, side, chunk));
            }
            Tensor result = loss.of(scope, leaves);
            value = result.toFloats()[0];
            for (Tensor gradient : learner.optimizer().gradientsAt(scope, result, leaves)) {
                gradients.add(gradient.toFloats());
            }
        }
        for (int i = 0; i < sides.size(); i++) {
            backward(sides.get(i), gradients.get(i), chunk);
        }
        return value;
    }

    /** Embeddings of all, as if they had come from nowhere. */
    private Tensor leaf(TensorScope scope, List<PreparedSequence> sequences, int chunk)
            throws EngineException {
        float[] all = new float[0];
        for (int at = 0; at < sequences.size(); at += chunk) {
            try (LearningPass pass = learner.pass()) {
                float[] some = reader.embed(pass, part(sequences, at, chunk)).toFloats();
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
            try (LearningPass pass = learner.pass()) {
                float[] own =
                        Arrays.copyOfRange(gradients, at * hidden, (at + some.size()) * hidden);
                Tensor gradient = pass.scope().floats(own, some.size(), hidden);
                pass.backwardFrom(reader.embed(pass, some), gradient);
            }
        }
    }

    private static List<PreparedSequence> part(List<PreparedSequence> all, int at, int chunk) {
        return all.subList(at, Math.min(at + chunk, all.size()));
    }
}
