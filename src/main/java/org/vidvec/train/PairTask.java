package org.vidvec.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.engine.EngineException;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.prompt.PreparedSequence;

/** Pairs of texts are learnt to be embedded next to each other (VidVec §3.4). */
final class PairTask implements Task {

    private final TaskSpec.Pairs spec;
    private final TrainableModel model;
    private final List<PairData> data = new ArrayList<>();
    private final PairMix mix;
    private final PairStep step;

    /**
     * Reads the data.
     *
     * @param seed of the order
     * @throws TrainingException if data can't be used
     */
    PairTask(
            TaskSpec.Pairs spec,
            TrainableModel model,
            Losses losses,
            Optimizer optimizer,
            long seed)
            throws TrainingException {
        this.spec = spec;
        this.model = model;
        for (PairSource source : spec.data()) {
            data.add(PairData.read(source, (text, query) -> fault(source, text, query)));
        }
        TaskSpec.Batch batch = spec.batch();
        mix = new PairMix(spec.data(), data, batch.size(), batch.sub(), seed);
        step =
                new PairStep(
                        model.network().learner(),
                        losses,
                        optimizer,
                        spec.loss(),
                        spec.weight(),
                        model.layer(),
                        model.pooling());
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        int pairs = 0;
        int skipped = 0;
        for (PairData source : data) {
            source.skipped().forEach(line -> notes.add("left out: " + line));
            pairs += source.pairs().size();
            skipped += source.skipped().size();
        }
        notes.add(pairs + " pairs, " + skipped + " left out");
        return notes;
    }

    @Override
    public void skip(long batches) {
        mix.skip(batches);
    }

    @Override
    public TaskReport backward(int number) throws EngineException, ModelException {
        List<PreparedSequence> queries = new ArrayList<>();
        List<PreparedSequence> targets = new ArrayList<>();
        Map<String, List<Long>> lines = new LinkedHashMap<>();
        for (PairMix.Sample sample : mix.next()) {
            lines.computeIfAbsent(sample.source().file().toString(), file -> new ArrayList<>())
                    .add((long) sample.pair().line());
            queries.add(prepare(sample.source(), sample.pair().query(), true));
            targets.add(prepare(sample.source(), sample.pair().target(), false));
        }
        double loss = step.backward(queries, targets, spec.batch().chunk());
        return new TaskReport(loss, queries.size(), lines, Map.of());
    }

    private PreparedSequence prepare(PairSource source, String text, boolean query)
            throws ModelException {
        EmbedInput.Role role = query ? EmbedInput.Role.QUERY : EmbedInput.Role.DOCUMENT;
        String instruction = query ? source.queryInstruction() : source.targetInstruction();
        return model.prepare(new EmbedInput(List.of(new Content.Text(text)), role, instruction));
    }

    /** What is wrong with a text that can't be embedded. */
    private String fault(PairSource source, String text, boolean query) throws TrainingException {
        try {
            prepare(source, text, query);
            return "";
        } catch (ModelException e) {
            if (e.kind() == ModelException.Kind.INPUT) {
                return e.getMessage();
            }
            throw new TrainingException(e.getMessage(), e);
        }
    }
}
