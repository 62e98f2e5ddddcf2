package org.vidvec.train;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.vidvec.datasets.DatasetException;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.natives.NativeLibraries;

/**
 * Trains a model as a description says. The same run twice gives the same weights; one that was
 * stopped goes on at its last checkpoint.
 */
public final class TrainingRun {

    private final RunSpec spec;
    private final NativeLibraries natives;
    private final RunListener listener;
    private volatile boolean stopping;

    /**
     * @param listener is told of every step
     */
    public TrainingRun(RunSpec spec, NativeLibraries natives, RunListener listener) {
        this.spec = spec;
        this.natives = natives;
        this.listener = listener;
    }

    /**
     * Runs to the end.
     *
     * @return the folder with what was learnt
     * @throws TrainingException if it can't begin or go on, goes on elsewhere, or was stopped; the
     *     last checkpoint stays
     */
    @SuppressWarnings("try") // held until the end, and not used
    public Path run() throws TrainingException {
        RunFolder own = folder();
        try (FileChannel held = own.hold()) {
            return run(own);
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    /** Ends the run, from any thread, after the step that it is at, with a checkpoint of that. */
    public void stop() {
        stopping = true;
    }

    private Path run(RunFolder own) throws TrainingException {
        return opened(
                own,
                (folder, done, model, learner) -> {
                    try (Losses losses = new Losses(learner.network().engine());
                            Tasks tasks = Tasks.open(spec, natives, model, losses, learner)) {
                        folder.log().rewind(done);
                        tasks.skip((long) done * spec.sum().accumulation());
                        int steps = spec.schedule().steps();
                        listener.begins(done, steps, learner.count(), tasks.notes());
                        steps(folder, tasks, learner, done);
                        folder.draw();
                        return learner.export(spec, folder, model);
                    }
                });
    }

    /**
     * Writes what was learnt until the last checkpoint, and draws the curves; the run itself may go
     * on meanwhile.
     *
     * @return the folder with what was learnt
     * @throws TrainingException if there is no checkpoint, or it can't be written
     */
    public Path export() throws TrainingException {
        return opened(
                folder(),
                (folder, done, model, learner) -> {
                    if (done == 0) {
                        throw new TrainingException(
                                "[" + spec.output() + "] has no checkpoint yet; let the run go on");
                    }
                    folder.draw();
                    return learner.export(spec, folder, model);
                });
    }

    /** What is done with a run that was opened. */
    private interface Opened {
        Path use(RunFolder folder, int done, TrainableModel model, Learner learner)
                throws TrainingException,
                        DatasetException,
                        ModelException,
                        EngineException,
                        CheckpointException,
                        IOException;
    }

    private RunFolder folder() throws TrainingException {
        return new RunFolder(spec.output(), spec.inForce(), spec.given());
    }

    private Path opened(RunFolder folder, Opened what) throws TrainingException {
        int done = folder.lastStep();
        try {
            spec.base().make(folder, spec.seed());
            try (TrainableModel model =
                            TrainableModel.open(
                                    natives, spec.model(), spec.threads(), spec.compute().dtype());
                    Learner learner =
                            new Learner(
                                    model.network().learner(),
                                    spec.learning(),
                                    LearntHead.open(spec, model),
                                    spec.compute().recomputes(),
                                    spec.seed(),
                                    done == 0 ? null : folder.checkpoint(done))) {
                return what.use(folder, done, model, learner);
            }
        } catch (DatasetException | ModelException | CheckpointException | EngineException e) {
            throw new TrainingException(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new TrainingException(e.getMessage(), e);
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    private TrainingException unwritten(IOException e) {
        return new TrainingException(
                "can't write into ["
                        + spec.output()
                        + "]: "
                        + e
                        + "; is the disk full? What stood there is as it was, and the same"
                        + " command goes on after the last checkpoint",
                e);
    }

    private void steps(RunFolder folder, Tasks tasks, Learner learner, int done)
            throws TrainingException, DatasetException, EngineException, ModelException {
        int steps = spec.schedule().steps();
        for (int step = done + 1; step <= steps; step++) {
            StepReport report = step(step, tasks, learner.optimizer());
            folder.log().add(report);
            boolean stopped = stopping && step < steps;
            if (step % spec.checkpointEvery() == 0 || step == steps || stopped) {
                folder.save(step, learner::save);
            }
            listener.stepped(report);
            if (stopped) {
                throw new TrainingException(
                        "stopped after step [" + step + "]; the same command goes on");
            }
        }
    }

    private StepReport step(int step, Tasks tasks, Optimizer optimizer)
            throws TrainingException, DatasetException, EngineException, ModelException {
        long begin = System.nanoTime();
        int batches = spec.sum().accumulation();
        optimizer.zeroGradients();
        TaskReport seen = tasks.backward(step, batches);
        double norm = optimizer.gradientNorm() / batches;
        requireFinite(step, seen, norm);
        double limit = spec.sum().maxNorm();
        double shorter = limit > 0 && norm > limit ? limit / norm : 1;
        optimizer.scaleGradients(shorter / batches);
        double rate = spec.schedule().rate(step);
        optimizer.step(spec.rule(), step, rate);
        double seconds = (System.nanoTime() - begin) / 1e9;
        Map<String, Double> parts = seen.parts().isEmpty() ? null : seen.parts();
        List<String> replaced = seen.replaced().isEmpty() ? null : seen.replaced();
        return new StepReport(
                step, seen.loss(), norm, rate, seen.samples(), seconds, parts, replaced);
    }

    private static void requireFinite(int step, TaskReport seen, double norm)
            throws TrainingException {
        if (Double.isFinite(seen.loss()) == false || Double.isFinite(norm) == false) {
            throw new TrainingException(
                    "step ["
                            + step
                            + "] has the loss ["
                            + seen.loss()
                            + "] and gradients of norm ["
                            + norm
                            + "], from these lines or samples: "
                            + seen.ids()
                            + "; nothing was changed by it, and the last checkpoint stays; lower"
                            + " [optimizer.learning_rate], or look at these");
        }
    }
}
