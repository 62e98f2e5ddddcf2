package org.vidvec.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.backbone.PreparedSequence;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.natives.NativeLibraries;

/**
 * Trains a model to embed pairs of texts next to each other, as a description says (VidVec §3.4).
 * The same run twice gives the same weights; one that was stopped goes on at its last checkpoint.
 */
public final class TrainingRun {

    private final RunSpec spec;
    private final NativeLibraries natives;
    private final RunListener listener;

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
     * @throws TrainingException if it can't begin or go on; the last checkpoint stays
     */
    public Path run() throws TrainingException {
        RunFolder folder = new RunFolder(spec.output(), spec.inForce());
        int done = folder.lastStep();
        try (TrainableModel model = TrainableModel.open(natives, spec.model(), spec.threads())) {
            List<PairData> data = new ArrayList<>();
            for (PairSource source : spec.data()) {
                data.add(PairData.read(source, (text, query) -> fault(model, source, text, query)));
            }
            Path checkpoint = done == 0 ? null : folder.checkpoint(done);
            try (Losses losses = new Losses(model.network().learner().engine());
                    Learner learner =
                            new Learner(
                                    model.network().learner(),
                                    spec.learning(),
                                    spec.seed(),
                                    checkpoint)) {
                folder.rewindLog(done);
                listener.begins(done, spec.schedule().steps(), learner.count(), data);
                steps(folder, model, data, losses, learner, done);
                folder.draw();
                return learner.export(spec.output(), spec.model(), spec.learning());
            }
        } catch (ModelException | CheckpointException | EngineException e) {
            throw new TrainingException(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new TrainingException(e.getMessage(), e);
        } catch (IOException e) {
            throw new TrainingException(
                    "can't write into [" + spec.output() + "]: " + e + "; is the disk full?", e);
        }
    }

    private void steps(
            RunFolder folder,
            TrainableModel model,
            List<PairData> data,
            Losses losses,
            Learner learner,
            int done)
            throws TrainingException, EngineException, ModelException {
        RunSpec.Batch batch = spec.batch();
        PairMix mix = new PairMix(spec.data(), data, batch.size(), batch.sub(), spec.seed());
        mix.skip((long) done * batch.accumulation());
        PairStep pairs =
                new PairStep(
                        model.network().learner(),
                        losses,
                        learner.optimizer(),
                        spec.loss(),
                        model.layer(),
                        model.pooling());
        int steps = spec.schedule().steps();
        for (int step = done + 1; step <= steps; step++) {
            StepReport report = step(step, model, mix, pairs, learner.optimizer());
            folder.log(report);
            if (step % spec.checkpointEvery() == 0 || step == steps) {
                folder.save(step, learner::save);
            }
            listener.stepped(report);
        }
    }

    private StepReport step(
            int step, TrainableModel model, PairMix mix, PairStep pairs, Optimizer optimizer)
            throws TrainingException, EngineException, ModelException {
        long begin = System.nanoTime();
        int batches = spec.batch().accumulation();
        optimizer.zeroGradients();
        double loss = 0;
        List<PairMix.Sample> seen = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            List<PreparedSequence> queries = new ArrayList<>();
            List<PreparedSequence> targets = new ArrayList<>();
            for (PairMix.Sample sample : mix.next()) {
                seen.add(sample);
                queries.add(prepare(model, sample.source(), sample.pair().query(), true));
                targets.add(prepare(model, sample.source(), sample.pair().target(), false));
            }
            loss += pairs.backward(queries, targets, spec.batch().chunk()) / batches;
        }
        double norm = optimizer.gradientNorm() / batches;
        requireFinite(step, loss, norm, seen);
        double limit = spec.batch().maxNorm();
        double shorter = limit > 0 && norm > limit ? limit / norm : 1;
        optimizer.scaleGradients(shorter / batches);
        double rate = spec.schedule().rate(step);
        optimizer.step(spec.rule(), step, rate);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new StepReport(step, loss, norm, rate, seen.size(), seconds);
    }

    private static void requireFinite(int step, double loss, double norm, List<PairMix.Sample> seen)
            throws TrainingException {
        if (Double.isFinite(loss) == false || Double.isFinite(norm) == false) {
            Map<Path, List<Integer>> lines = new LinkedHashMap<>();
            for (PairMix.Sample sample : seen) {
                lines.computeIfAbsent(sample.source().file(), file -> new ArrayList<>())
                        .add(sample.pair().line());
            }
            throw new TrainingException(
                    "step ["
                            + step
                            + "] has the loss ["
                            + loss
                            + "] and gradients of norm ["
                            + norm
                            + "], from these lines: "
                            + lines
                            + "; nothing was changed by it, and the last checkpoint stays; lower"
                            + " [optimizer.learning_rate], or look at these lines");
        }
    }

    private static PreparedSequence prepare(
            TrainableModel model, PairSource source, String text, boolean query)
            throws ModelException {
        EmbedInput.Role role = query ? EmbedInput.Role.QUERY : EmbedInput.Role.DOCUMENT;
        String instruction = query ? source.queryInstruction() : source.targetInstruction();
        return model.prepare(new EmbedInput(List.of(new Content.Text(text)), role, instruction));
    }

    /** What is wrong with a text that can't be embedded. */
    private static String fault(TrainableModel model, PairSource source, String text, boolean query)
            throws TrainingException {
        try {
            prepare(model, source, text, query);
            return "";
        } catch (ModelException e) {
            if (e.kind() == ModelException.Kind.INPUT) {
                return e.getMessage();
            }
            throw new TrainingException(e.getMessage(), e);
        }
    }
}
