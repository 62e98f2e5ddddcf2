package org.vidvec.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.datasets.DatasetException;
import org.vidvec.engine.EngineException;
import org.vidvec.model.ModelException;
import org.vidvec.samples.Batches;

/** Captions and embeddings are learnt together (ViLL-E, stages 1 and 2). */
final class CaptionTask implements Task {

    private final Batches<SamplePrompts.Captioned> batches;
    private final CaptionStep step;

    CaptionTask(Batches<SamplePrompts.Captioned> batches, CaptionStep step) {
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
        Batches.Batch<SamplePrompts.Captioned> batch = batches.next();
        Map<String, Double> parts = new LinkedHashMap<>();
        double loss = step.backward(batch.samples(), parts);
        return TaskReport.of(batch, loss, parts);
    }
}
