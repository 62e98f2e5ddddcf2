package org.vidvec.train;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.ModelException;
import org.vidvec.samples.MomentSample;

/**
 * Finding an event in a long video (ViLL-E §3.3, appendices B and K): a text, read behind sparse
 * frames of the whole video, is to be embedded next to the window in which it happens, and away
 * from two others that overlap it by less than 0.2.
 */
final class MomentStep {

    private final SideMaker sides;
    private final PairStep step;
    private final String queryInstruction;
    private final String targetInstruction;

    /**
     * @param step of queries, windows and wrong windows
     * @param queryInstruction null for the card's
     * @param targetInstruction null for the card's
     */
    MomentStep(SideMaker sides, PairStep step, String queryInstruction, String targetInstruction) {
        this.sides = sides;
        this.step = step;
        this.queryInstruction = queryInstruction;
        this.targetInstruction = targetInstruction;
    }

    /**
     * Adds the gradients of some moments.
     *
     * @param size chunks as for {@link PairStep#backward}, and tokens that a sample may take
     * @return the loss
     */
    double backward(List<MomentSample> moments, TaskSpec.Batch size)
            throws EngineException, ModelException {
        List<EmbedInput> queries = new ArrayList<>();
        List<EmbedInput> windows = new ArrayList<>();
        List<EmbedInput> wrong = new ArrayList<>();
        for (MomentSample moment : moments) {
            queries.add(query(moment));
            windows.add(window(moment.positive()));
            for (List<Content> other : moment.negatives()) {
                wrong.add(window(other));
            }
        }
        List<GradCache.Side> read = new ArrayList<>();
        for (List<EmbedInput> side : List.of(queries, windows, wrong)) {
            read.add(sides.of(side, size.maxTokens()));
        }
        return step.backward(read, size.chunk());
    }

    /** Sparse frames of the whole video before the text (appendix K, figure 10). */
    private EmbedInput query(MomentSample moment) {
        List<Content> parts = new ArrayList<>(moment.video());
        parts.add(new Content.Text(moment.text()));
        return new EmbedInput(parts, EmbedInput.Role.QUERY, queryInstruction);
    }

    private EmbedInput window(List<Content> window) {
        return new EmbedInput(window, EmbedInput.Role.DOCUMENT, targetInstruction);
    }
}
