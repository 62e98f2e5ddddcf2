package org.vidvec.train;

import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.prompt.PreparedSequence;

/** Sequences that are embedded each as a whole. */
record SequenceSide(StateReader reader, List<PreparedSequence> sequences)
        implements GradCache.Side {

    @Override
    public int size() {
        return sequences.size();
    }

    @Override
    public Tensor embed(LearningPass pass, int from, int to) throws EngineException {
        return reader.embed(pass, sequences.subList(from, to));
    }
}
