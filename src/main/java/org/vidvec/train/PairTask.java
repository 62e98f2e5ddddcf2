package org.vidvec.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vidvec.datasets.DatasetException;
import org.vidvec.engine.EngineException;
import org.vidvec.model.ModelException;
import org.vidvec.samples.Batches;

/** Pairs are learnt to be embedded next to each other (VidVec §3.4, VLM2Vec-V2 §3.2). */
final class PairTask implements Task {

    private final TaskSpec.Batch size;
    private final SideMaker sides;
    private final Batches<SamplePrompts.Pair> batches;
    private final PairStep step;

    PairTask(
            TaskSpec.Batch size,
            SideMaker sides,
            Batches<SamplePrompts.Pair> batches,
            PairStep step) {
        this.size = size;
        this.sides = sides;
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
    public TaskReport backward(int number)
            throws DatasetException, EngineException, ModelException {
        Batches.Batch<SamplePrompts.Pair> batch = batches.next();
        List<SamplePrompts.Input> queries = new ArrayList<>();
        List<SamplePrompts.Input> targets = new ArrayList<>();
        List<SamplePrompts.Input> negatives = new ArrayList<>();
        for (SamplePrompts.Pair pair : batch.samples()) {
            queries.add(pair.query());
            targets.add(pair.target());
            negatives.addAll(pair.negatives());
        }
        List<GradCache.Side> read = new ArrayList<>();
        for (List<SamplePrompts.Input> side : List.of(queries, targets, negatives)) {
            if (side.isEmpty() == false) {
                read.add(sides.of(side));
            }
        }
        double loss = step.backward(read, size.chunk());
        return TaskReport.of(batch, loss, Map.of());
    }
}
