package org.vidvec.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.engine.EngineException;
import org.vidvec.model.ModelException;

/** Captions and embeddings are learnt together (ViLL-E, stages 1 and 2). */
final class CaptionTask implements Task {

    private final PairBatches batches;
    private final CaptionStep step;

    CaptionTask(PairBatches batches, CaptionStep step) {
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
        Map<String, Double> parts = new LinkedHashMap<>();
        double loss = step.backward(batch.pairs(), parts);
        return new TaskReport(loss, batch.pairs().size(), batch.ids(), parts);
    }
}
