package org.vidvec.train;

import java.util.List;
import java.util.concurrent.Executor;
import org.vidvec.datasets.DatasetException;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.natives.NativeLibraries;

/** Opens the tasks of a run: reads their data, and puts their losses on top of the network. */
final class TaskMaker {

    private final NativeLibraries natives;
    private final TrainableModel model;
    private final Losses losses;
    private final Learner learner;
    private final Executor readers;
    private final StateReader reader;

    /**
     * @param layer decoder layer that is embedded, from 1
     * @param readers threads that read samples before they are asked for
     */
    TaskMaker(
            NativeLibraries natives,
            TrainableModel model,
            int layer,
            Losses losses,
            Learner learner,
            Executor readers) {
        this.natives = natives;
        this.model = model;
        this.losses = losses;
        this.learner = learner;
        this.readers = readers;
        this.reader =
                new StateReader(
                        learner.network(),
                        layer,
                        model.pooling(),
                        learner.head() == null ? null : learner.head().learner());
    }

    /**
     * @param seed of the order of its samples
     * @throws DatasetException if its data can't be used
     */
    Task open(TaskSpec task, long seed) throws DatasetException, ModelException {
        return switch (task) {
            case TaskSpec.Pairs pairs ->
                    new PairTask(
                            pairs.batch(),
                            sides(0),
                            supplies(pairs.batch(), seed).pairs(pairs.data()),
                            step(pairs.weight(), (s, sides) -> pairs.loss().of(losses, s, sides)));
            case TaskSpec.Captions captions ->
                    new CaptionTask(
                            supplies(captions.batch(), seed).captioned(captions.data()),
                            new CaptionStep(model, learner, losses, reader, captions));
            case TaskSpec.Moments moments ->
                    new MomentTask(
                            moments.batch(),
                            new MomentStep(sides(0), windows(moments.weight(), moments.tau())),
                            supplies(moments.batch(), seed).moments(moments));
            case TaskSpec.Flagged flagged -> flagged(flagged, seed);
            case TaskSpec.Lessons lessons -> new LessonTask(lessons, model, losses, learner);
        };
    }

    private Supplies supplies(TaskSpec.Batch batch, long seed) {
        return new Supplies(model, natives, batch, seed, readers);
    }

    private PairStep step(double weight, PairStep.Loss loss) {
        return new PairStep(
                learner,
                (scope, sides) ->
                        losses.weightedSum(
                                scope, List.of(loss.of(scope, sides)), new double[] {weight}));
    }

    private SideMaker sides(int tokens) {
        return new SideMaker(model, learner, reader, tokens);
    }

    private PairStep windows(double weight, double tau) {
        return step(weight, (scope, sides) -> localization(scope, sides, tau));
    }

    private Task flagged(TaskSpec.Flagged spec, long seed) throws DatasetException, ModelException {
        double tau = ((PairLoss.InfoNce) spec.captions().loss()).tau();
        return new FlaggedTask(
                spec,
                new CaptionStep(model, learner, losses, reader, spec.captions()),
                new AnswerStep(model, learner, losses),
                new MomentStep(
                        sides(spec.captionTokens()),
                        windows(spec.weight() * spec.localization(), tau)),
                supplies(spec.batch(), seed).flagged(spec));
    }

    private Tensor localization(TensorScope scope, List<Tensor> sides, double tau)
            throws EngineException {
        Tensor wrong = losses.grouped(scope, sides.get(2), sides.get(0));
        return losses.localization(scope, sides.get(0), sides.get(1), wrong, tau);
    }
}
