package org.vidvec.train;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.model.ModelException;

/**
 * Finding an event in a long video (ViLL-E §3.3, appendices B and K): a text, read behind sparse
 * frames of the whole video, is to be embedded next to the window in which it happens, and away
 * from two others that overlap it by less than 0.2.
 */
final class MomentStep {

    private final SideMaker sides;
    private final PairStep step;

    /**
     * @param step of queries, windows and wrong windows
     */
    MomentStep(SideMaker sides, PairStep step) {
        this.sides = sides;
        this.step = step;
    }

    /**
     * Adds the gradients of some moments.
     *
     * @param chunk as for {@link PairStep#backward}
     * @return the loss
     */
    double backward(List<SamplePrompts.Moment> moments, int chunk)
            throws EngineException, ModelException {
        List<SamplePrompts.Input> queries = new ArrayList<>();
        List<SamplePrompts.Input> windows = new ArrayList<>();
        List<SamplePrompts.Input> wrong = new ArrayList<>();
        for (SamplePrompts.Moment moment : moments) {
            queries.add(moment.query());
            windows.add(moment.window());
            wrong.addAll(moment.others());
        }
        List<GradCache.Side> read = new ArrayList<>();
        for (List<SamplePrompts.Input> side : List.of(queries, windows, wrong)) {
            read.add(sides.of(side));
        }
        return step.backward(read, chunk);
    }
}
