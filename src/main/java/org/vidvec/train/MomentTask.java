package org.vidvec.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vidvec.engine.EngineException;
import org.vidvec.model.ModelException;
import org.vidvec.samples.MomentSample;
import org.vidvec.samples.MomentSupply;

/** Moments are found in long videos, one mini-batch after the other. */
final class MomentTask implements Task {

    private final TaskSpec.Batch batch;
    private final MomentStep step;
    private final MomentSupply moments;
    private long next;

    MomentTask(TaskSpec.Batch batch, MomentStep step, MomentSupply moments) {
        this.batch = batch;
        this.step = step;
        this.moments = moments;
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(moments.notes());
        notes.add(batch.size() + " moments a batch");
        return notes;
    }

    @Override
    public void skip(long batches) {
        next += batches * batch.size();
    }

    @Override
    public TaskReport backward(int number) throws EngineException, ModelException {
        List<Long> ids = new ArrayList<>();
        List<MomentSample> samples = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            ids.add(moments.id(next));
            samples.add(moments.at(next++));
        }
        double loss = step.backward(samples, batch);
        return new TaskReport(loss, ids.size(), Map.of(moments.name(), ids), Map.of());
    }
}
