package org.vidvec.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.vidvec.datasets.DatasetException;
import org.vidvec.engine.EngineException;
import org.vidvec.model.ModelException;
import org.vidvec.samples.Batches;
import org.vidvec.samples.Flag;

/**
 * Several tasks in one batch (ViLL-E, appendix C): samples are drawn at random, and each goes into
 * the mini-batches of the tasks that its flags name. The gradients of all tasks make one step.
 */
final class FlaggedTask implements Task {

    private final TaskSpec.Flagged spec;
    private final CaptionStep captions;
    private final AnswerStep answers;
    private final MomentStep moments;
    private final Batches<SamplePrompts.Flagged> batches;

    FlaggedTask(
            TaskSpec.Flagged spec,
            CaptionStep captions,
            AnswerStep answers,
            MomentStep moments,
            Batches<SamplePrompts.Flagged> batches) {
        this.spec = spec;
        this.captions = captions;
        this.answers = answers;
        this.moments = moments;
        this.batches = batches;
    }

    @Override
    public List<String> notes() {
        return batches.notes();
    }

    @Override
    public void skip(long count) {
        batches.skip(count);
    }

    @Override
    public TaskReport backward(int step) throws DatasetException, EngineException, ModelException {
        Batches.Batch<SamplePrompts.Flagged> batch = batches.next();
        int chunk = spec.batch().chunk();
        Map<String, Double> parts = new LinkedHashMap<>();
        double loss = 0;
        List<SamplePrompts.Captioned> pairs = flagged(batch, SamplePrompts.Flagged::caption);
        if (pairs.isEmpty() == false) {
            loss += captions.backward(pairs, parts);
        }
        List<Told> asked = flagged(batch, SamplePrompts.Flagged::asked);
        if (asked.isEmpty() == false) {
            double weight = spec.weight() * spec.qa();
            loss += told(parts, Flag.QA, answers.told(asked, chunk, weight));
        }
        List<SamplePrompts.Claimed> claimed = flagged(batch, SamplePrompts.Flagged::claimed);
        if (claimed.isEmpty() == false) {
            double weight = spec.weight() * spec.match();
            loss += told(parts, Flag.MATCH, answers.verdicts(claimed, chunk, weight));
        }
        List<SamplePrompts.Moment> found = flagged(batch, SamplePrompts.Flagged::moment);
        if (found.isEmpty() == false) {
            loss += told(parts, Flag.LOCALIZATION, moments.backward(found, chunk));
        }
        return TaskReport.of(batch, loss, parts);
    }

    private static <T> List<T> flagged(
            Batches.Batch<SamplePrompts.Flagged> batch, Function<SamplePrompts.Flagged, T> part) {
        return batch.samples().stream().map(part).filter(Objects::nonNull).toList();
    }

    private static double told(Map<String, Double> parts, Flag flag, double loss) {
        parts.put(flag.toString(), loss);
        return loss;
    }
}
