package org.vidvec.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vidvec.datasets.DatasetException;
import org.vidvec.engine.EngineException;
import org.vidvec.model.ModelException;
import org.vidvec.samples.Batches;

/** Moments are found in long videos, one mini-batch after the other. */
final class MomentTask implements Task {

    private final TaskSpec.Batch size;
    private final MomentStep step;
    private final Batches<SamplePrompts.Moment> batches;

    MomentTask(TaskSpec.Batch size, MomentStep step, Batches<SamplePrompts.Moment> batches) {
        this.size = size;
        this.step = step;
        this.batches = batches;
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(batches.notes());
        notes.add(size.size() + " moments a batch");
        return notes;
    }

    @Override
    public void skip(long count) {
        batches.skip(count);
    }

    @Override
    public TaskReport backward(int number)
            throws DatasetException, EngineException, ModelException {
        Batches.Batch<SamplePrompts.Moment> batch = batches.next();
        return TaskReport.of(batch, step.backward(batch.samples(), size.chunk()), Map.of());
    }
}
