package org.vidvec.train;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.lessons.WorldContent;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.world.Frames;
import org.vidvec.world.Sample;
import org.vidvec.world.Source;

/**
 * Finding an event in a long video (ViLL-E §3.3, appendices B and K): a text, read behind sparse
 * frames of the whole video, is to be embedded next to the window in which it happens, and away
 * from two others that overlap it by less than 0.2.
 */
final class MomentStep {

    private final TrainableModel model;
    private final PairStep step;
    private final String queryInstruction;
    private final String targetInstruction;

    /**
     * @param step of queries, windows and wrong windows
     * @param queryInstruction null for the card's
     * @param targetInstruction null for the card's
     */
    MomentStep(
            TrainableModel model,
            PairStep step,
            String queryInstruction,
            String targetInstruction) {
        this.model = model;
        this.step = step;
        this.queryInstruction = queryInstruction;
        this.targetInstruction = targetInstruction;
    }

    /**
     * Adds the gradients of some moments.
     *
     * @param chunk as for {@link PairStep#backward}
     * @return the loss
     */
    double backward(List<Sample.Moment> moments, int chunk) throws EngineException, ModelException {
        List<PreparedSequence> queries = new ArrayList<>();
        List<PreparedSequence> windows = new ArrayList<>();
        List<PreparedSequence> wrong = new ArrayList<>();
        for (Sample.Moment moment : moments) {
            queries.add(query(moment));
            windows.add(window(moment.positive()));
            for (Sample.Window other : moment.negatives()) {
                wrong.add(window(other));
            }
        }
        return step.backward(List.of(queries, windows, wrong), chunk);
    }

    /** Sparse frames of the whole video before the text (appendix K, figure 10). */
    private PreparedSequence query(Sample.Moment moment) throws ModelException {
        double[] times = moment.times();
        double seconds = times[times.length - 1] + times[0];
        Content video = shown(moment.video(), Math.max(seconds, 1));
        List<Content> parts = List.of(video, new Content.Text(moment.text()));
        return model.prepare(new EmbedInput(parts, EmbedInput.Role.QUERY, queryInstruction));
    }

    private PreparedSequence window(Sample.Window window) throws ModelException {
        Content video = shown(window.frames(), window.end() - window.start());
        return model.prepare(
                new EmbedInput(List.of(video), EmbedInput.Role.DOCUMENT, targetInstruction));
    }

    private static Content shown(Frames frames, double seconds) {
        return WorldContent.of(Source.STORY, frames, seconds);
    }
}
