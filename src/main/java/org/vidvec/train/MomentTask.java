package org.vidvec.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vidvec.engine.EngineException;
import org.vidvec.model.ModelException;
import org.vidvec.world.Sample;
import org.vidvec.world.Split;
import org.vidvec.world.WorldSamples;

/** Events are found in long videos of the generated world, one after the other. */
final class MomentTask implements Task {

    private static final String SOURCE = "generated moments";

    private final TaskSpec.Moments spec;
    private final MomentStep step;
    private final WorldSamples samples;
    private long next;

    MomentTask(TaskSpec.Moments spec, MomentStep step) {
        this.spec = spec;
        this.step = step;
        samples = new WorldSamples(spec.seed(), Split.TRAIN, spec.frames(), spec.size());
    }

    @Override
    public List<String> notes() {
        return List.of(SOURCE + ", " + spec.batch().size() + " a batch");
    }

    @Override
    public void skip(long batches) {
        next += batches * spec.batch().size();
    }

    @Override
    public TaskReport backward(int number) throws EngineException, ModelException {
        List<Long> ids = new ArrayList<>();
        List<Sample.Moment> moments = new ArrayList<>();
        for (int i = 0; i < spec.batch().size(); i++) {
            ids.add(next);
            moments.add(samples.moment(next++));
        }
        double loss = step.backward(moments, spec.batch().chunk());
        return new TaskReport(loss, ids.size(), Map.of(SOURCE, ids), Map.of());
    }
}
