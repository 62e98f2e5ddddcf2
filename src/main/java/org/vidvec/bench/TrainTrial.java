package org.vidvec.bench;

import java.util.List;
import org.vidvec.backbone.NetworkLearner;
import org.vidvec.backbone.ReadoutPlan.Pooling;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.WeightForm;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.train.Learner;
import org.vidvec.train.Learning;
import org.vidvec.train.LearningPass;
import org.vidvec.train.LoraSettings;
import org.vidvec.train.LoraTargets;
import org.vidvec.train.Losses;
import org.vidvec.train.Optimizer;
import org.vidvec.train.StepRule;

/**
 * A model that learns the same batch again and again, by the two losses of ViLL-E's first stage:
 * the words of captions behind what they tell of, and InfoNCE between that and the captions alone.
 */
final class TrainTrial implements AutoCloseable {

    private static final double TAU = 0.05;
    private static final double[] WEIGHTS = {1, 1};
    private static final double RATE = 1e-4;
    private static final StepRule RULE = new StepRule.AdamW(0.9, 0.999, 1e-8, 0.01);

    private final BenchModel model;
    private final boolean recomputes;
    private final TrainSamples samples;
    private final Losses losses;
    private final Learner learner;
    private int steps;

    /**
     * @param seeing whether captions tell of videos, or follow texts
     * @param lora whether low-rank matrices are learnt, or all weights
     */
    TrainTrial(NativeLibraries natives, TrainBenchOptions options, boolean seeing, boolean lora)
            throws Exception {
        BenchOptions how =
                new BenchOptions(
                        options.model(),
                        options.dtype(),
                        WeightForm.PLAIN,
                        options.threads(),
                        0,
                        options.frames(),
                        1,
                        1,
                        1,
                        0);
        recomputes = options.recompute();
        model = BenchModel.load(natives, how);
        NetworkLearner network = model.network().learner();
        samples =
                seeing
                        ? TrainSamples.videos(
                                model, options.batch(), options.frames(), options.side())
                        : TrainSamples.texts(options.batch());
        losses = new Losses(network.engine());
        LoraSettings settings =
                new LoraSettings(
                        options.rank(),
                        2. * options.rank(),
                        LoraTargets.expression(LoraTargets.ALL));
        Learning learning = lora ? new Learning.Lora(settings, null, false) : new Learning.Full();
        learner = new Learner(network, learning, 1, null);
    }

    /** One step; gives its loss. */
    double step() throws EngineException {
        Optimizer optimizer = learner.optimizer();
        optimizer.zeroGradients();
        double loss = backward(optimizer);
        double norm = optimizer.gradientNorm();
        if (norm > 1) {
            optimizer.scaleGradients(1 / norm);
        }
        optimizer.step(RULE, ++steps, RATE);
        return loss;
    }

    private double backward(Optimizer optimizer) throws EngineException {
        NetworkLearner network = model.network().learner();
        int last = network.layers();
        try (LearningPass pass = new LearningPass(network, optimizer, recomputes)) {
            Tensor told = pass.states(samples.told(), last);
            Tensor logits = network.logits(pass.scope(), told, samples.before(), new long[0]);
            long[] words = samples.words();
            Tensor next =
                    losses.nextToken(pass.scope(), logits, pass.scope().longs(words, words.length));
            List<PreparedSequence> alone = samples.alone();
            Tensor targets =
                    network.pool(pass.scope(), pass.states(alone, last), alone, Pooling.LAST);
            Tensor queries = network.rows(pass.scope(), told, samples.promptEnds());
            Tensor near = losses.infoNceSymmetric(pass.scope(), queries, targets, TAU);
            return pass.backward(losses.weightedSum(pass.scope(), List.of(next, near), WEIGHTS));
        }
    }

    TrainSamples samples() {
        return samples;
    }

    @Override
    public void close() {
        learner.close();
        losses.close();
        model.close();
    }
}
