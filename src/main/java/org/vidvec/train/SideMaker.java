package org.vidvec.train;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.prompt.PreparedSequence;

/**
 * Makes prompts what is embedded of them, as it is when the model serves: with a head pictures
 * alone are embedded by what the model writes about them, and all else by the states of its prompt.
 */
final class SideMaker {

    /** Sequences that are embedded each as a whole. */
    private record Whole(StateReader reader, List<PreparedSequence> sequences)
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

    private final TrainableModel model;
    private final Learner learner;
    private final StateReader reader;
    private final int tokens;

    /**
     * @param tokens that the model writes about pictures; 0 for as many as it likes (E-11)
     */
    SideMaker(TrainableModel model, Learner learner, StateReader reader, int tokens) {
        this.model = model;
        this.learner = learner;
        this.reader = reader;
        this.tokens = tokens;
    }

    /**
     * A side of a loss.
     *
     * @throws ModelException if the model can't write
     */
    GradCache.Side of(List<SamplePrompts.Input> inputs) throws ModelException, EngineException {
        List<PreparedSequence> prompts =
                inputs.stream().map(SamplePrompts.Input::sequence).toList();
        if (reader.hasHead() == false) {
            return new Whole(reader, prompts);
        }
        List<Stretch> stretches = new ArrayList<>(prompts.stream().map(Stretch::whole).toList());
        List<Integer> shown = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).shown()) {
                shown.add(i);
            }
        }
        List<Told> told = written(shown.stream().map(prompts::get).toList());
        for (int i = 0; i < told.size(); i++) {
            stretches.set(shown.get(i), Stretch.words(told.get(i), tokens));
        }
        return new StretchSide(learner, reader, stretches);
    }

    /** Prompts with what the model writes behind them. */
    List<Told> written(List<PreparedSequence> prompts) throws ModelException, EngineException {
        return prompts.isEmpty() ? List.of() : new OwnWords(model, tokens).behind(prompts);
    }
}
