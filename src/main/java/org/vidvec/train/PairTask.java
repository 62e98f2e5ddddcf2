package org.vidvec.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vidvec.engine.EngineException;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.prompt.PreparedSequence;

/** Pairs are learnt to be embedded next to each other (VidVec §3.4, VLM2Vec-V2 §3.2). */
final class PairTask implements Task {

    private final TaskSpec.Pairs spec;
    private final TrainableModel model;
    private final PairBatches batches;
    private final PairStep step;

    PairTask(TaskSpec.Pairs spec, TrainableModel model, PairBatches batches, PairStep step) {
        this.spec = spec;
        this.model = model;
        this.batches = batches;
        this.step = step;
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
    public TaskReport backward(int number) throws EngineException, ModelException {
        PairBatches.Batch batch = batches.next();
        List<PreparedSequence> queries = new ArrayList<>();
        List<PreparedSequence> targets = new ArrayList<>();
        List<PreparedSequence> negatives = new ArrayList<>();
        for (EmbedPair pair : batch.pairs()) {
            queries.add(model.prepare(pair.query()));
            targets.add(model.prepare(pair.target()));
            for (EmbedInput negative : pair.negatives()) {
                negatives.add(model.prepare(negative));
            }
        }
        if (negatives.size() % queries.size() != 0) {
            throw new IllegalArgumentException(
                    "the sources of a batch have different numbers of negatives; give all the same");
        }
        List<List<PreparedSequence>> sides =
                negatives.isEmpty()
                        ? List.of(queries, targets)
                        : List.of(queries, targets, negatives);
        double loss = step.backward(sides, spec.batch().chunk());
        return new TaskReport(loss, queries.size(), batch.ids(), Map.of());
    }
}
