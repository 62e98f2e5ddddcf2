package org.vidvec.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vidvec.backbone.PreparedSequence;
import org.vidvec.engine.EngineException;
import org.vidvec.lessons.WorldContent;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.world.Frames;
import org.vidvec.world.Sample;
import org.vidvec.world.Source;
import org.vidvec.world.Split;
import org.vidvec.world.WorldSamples;

/**
 * Finding an event in a long video is learnt (ViLL-E §3.3, appendices B and K): a text, read behind
 * sparse frames of the whole video, is to be embedded next to the window in which it happens, and
 * away from two others that overlap it by less than 0.2.
 */
final class MomentTask implements Task {

    private static final String SOURCE = "generated moments";

    private final TaskSpec.Moments spec;
    private final TrainableModel model;
    private final PairStep step;
    private final WorldSamples samples;
    private long next;

    /**
     * @param step of queries, windows and wrong windows
     */
    MomentTask(TaskSpec.Moments spec, TrainableModel model, PairStep step) {
        this.spec = spec;
        this.model = model;
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
        List<PreparedSequence> queries = new ArrayList<>();
        List<PreparedSequence> windows = new ArrayList<>();
        List<PreparedSequence> wrong = new ArrayList<>();
        for (int i = 0; i < spec.batch().size(); i++) {
            Sample.Moment moment = samples.moment(next);
            ids.add(next++);
            queries.add(query(moment));
            windows.add(window(moment.positive()));
            for (Sample.Window other : moment.negatives()) {
                wrong.add(window(other));
            }
        }
        double loss = step.backward(List.of(queries, windows, wrong), spec.batch().chunk());
        return new TaskReport(loss, ids.size(), Map.of(SOURCE, ids), Map.of());
    }

    /** Sparse frames of the whole video before the text (appendix K, figure 10). */
    private PreparedSequence query(Sample.Moment moment) throws ModelException {
        double[] times = moment.times();
        double seconds = times[times.length - 1] + times[0];
        Content video = shown(moment.video(), Math.max(seconds, 1));
        List<Content> parts = List.of(video, new Content.Text(moment.text()));
        return model.prepare(
                new EmbedInput(parts, EmbedInput.Role.QUERY, spec.queryInstruction()));
    }

    private PreparedSequence window(Sample.Window window) throws ModelException {
        Content video = shown(window.frames(), window.end() - window.start());
        return model.prepare(
                new EmbedInput(
                        List.of(video), EmbedInput.Role.DOCUMENT, spec.targetInstruction()));
    }

    private static Content shown(Frames frames, double seconds) {
        return WorldContent.of(Source.STORY, frames, seconds);
    }
}
