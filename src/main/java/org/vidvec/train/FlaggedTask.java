package org.vidvec.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.vidvec.engine.EngineException;
import org.vidvec.lessons.WorldContent;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.ModelException;
import org.vidvec.samples.EmbedPair;
import org.vidvec.samples.GeneratedPairs;
import org.vidvec.samples.MomentSample;
import org.vidvec.world.Difficulty;
import org.vidvec.world.Question;
import org.vidvec.world.Split;
import org.vidvec.world.Style;
import org.vidvec.world.Subject;
import org.vidvec.world.WorldSamples;

/**
 * Several tasks in one batch (ViLL-E, appendix C): samples are drawn at random, and each goes into
 * the mini-batches of the tasks that its flags name. The gradients of all tasks make one step.
 */
final class FlaggedTask implements Task {

    private static final String SOURCE = "generated, mixed";

    /** A batch, filtered by flags. */
    private record Filtered(
            List<EmbedPair> captions,
            List<AnswerStep.Asked> questions,
            List<AnswerStep.Claimed> claims,
            List<MomentSample> moments) {}

    private final TaskSpec.Flagged spec;
    private final CaptionStep captions;
    private final AnswerStep answers;
    private final MomentStep moments;
    private final WorldSamples samples;
    private long next;

    FlaggedTask(
            TaskSpec.Flagged spec, CaptionStep captions, AnswerStep answers, MomentStep moments) {
        this.spec = spec;
        this.captions = captions;
        this.answers = answers;
        this.moments = moments;
        samples = new WorldSamples(spec.seed(), Split.TRAIN, spec.frames(), spec.size());
    }

    @Override
    public List<String> notes() {
        return spec.sources().stream()
                .map(s -> s.shown() + " " + s.flags() + ", weight " + s.weight())
                .toList();
    }

    @Override
    public void skip(long batches) {
        next += batches;
    }

    @Override
    public TaskReport backward(int step) throws EngineException, ModelException {
        List<Long> ids = new ArrayList<>();
        Filtered batch = draw(next++, ids);
        Map<String, Double> parts = new LinkedHashMap<>();
        double loss = 0;
        if (batch.captions().isEmpty() == false) {
            loss += captions.backward(batch.captions(), parts);
        }
        if (batch.questions().isEmpty() == false) {
            loss +=
                    told(
                            parts,
                            FlaggedSource.Flag.QA,
                            answers.answers(
                                    batch.questions(), spec.batch(), spec.weight() * spec.qa()));
        }
        if (batch.claims().isEmpty() == false) {
            loss +=
                    told(
                            parts,
                            FlaggedSource.Flag.MATCH,
                            answers.verdicts(
                                    batch.claims(), spec.batch(), spec.weight() * spec.match()));
        }
        if (batch.moments().isEmpty() == false) {
            loss +=
                    told(
                            parts,
                            FlaggedSource.Flag.LOCALIZATION,
                            moments.backward(batch.moments(), spec.batch()));
        }
        return new TaskReport(loss, ids.size(), Map.of(SOURCE, ids), parts);
    }

    private static double told(Map<String, Double> parts, FlaggedSource.Flag flag, double loss) {
        parts.put(flag.toString(), loss);
        return loss;
    }

    private Filtered draw(long batch, List<Long> ids) {
        Filtered filtered =
                new Filtered(
                        new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        SplittableRandom random = new SplittableRandom(31 * spec.seed() + batch);
        for (int i = 0; i < spec.batch().size(); i++) {
            long id = batch * spec.batch().size() + i;
            ids.add(id);
            sort(source(random.nextDouble()), id, random, filtered);
        }
        return filtered;
    }

    private FlaggedSource source(double point) {
        double all = spec.sources().stream().mapToDouble(FlaggedSource::weight).sum();
        double left = point * all;
        for (FlaggedSource source : spec.sources()) {
            left -= source.weight();
            if (left < 0) {
                return source;
            }
        }
        return spec.sources().get(spec.sources().size() - 1);
    }

    private void sort(FlaggedSource source, long id, SplittableRandom random, Filtered into) {
        Subject subject = samples.subject(source.shown(), id);
        Content shown =
                WorldContent.of(
                        source.shown(),
                        samples.frames(source.shown(), subject),
                        GeneratedPairs.SECONDS);
        for (FlaggedSource.Flag flag : source.flags()) {
            switch (flag) {
                case CAPTION -> into.captions().add(pair(id, shown, subject));
                case QA -> {
                    List<Question> all = subject.questions(id);
                    Question one = all.get(random.nextInt(all.size()));
                    into.questions()
                            .add(new AnswerStep.Asked(List.of(shown), one.text(), one.answer()));
                }
                case MATCH -> {
                    boolean right = random.nextBoolean();
                    String text =
                            right
                                    ? subject.truth(Difficulty.NEAR, id)
                                    : subject.falsehood(Difficulty.NEAR, id);
                    into.claims().add(new AnswerStep.Claimed(shown, text, right));
                }
                case LOCALIZATION -> into.moments().add(MomentSample.of(samples.moment(id)));
            }
        }
    }

    private EmbedPair pair(long id, Content shown, Subject subject) {
        Content text = new Content.Text(subject.caption(Style.SHORT, id));
        return new EmbedPair(
                id,
                new EmbedInput(List.of(text), EmbedInput.Role.QUERY, null),
                new EmbedInput(List.of(shown), EmbedInput.Role.DOCUMENT, null),
                List.of());
    }
}
