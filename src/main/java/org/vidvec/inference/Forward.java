package org.vidvec.inference;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.Embedding;
import org.vidvec.model.LoadedModel;
import org.vidvec.model.MatchScore;
import org.vidvec.model.ModelException;
import org.vidvec.model.WriteOptions;
import org.vidvec.model.Writer;

/**
 * What a model is asked for several inputs at once. Inputs of the same question (the same object)
 * may share a forward pass.
 *
 * @param <I> one input
 * @param <O> its answer
 */
sealed interface Forward<I, O> {

    /** One answer per input, in their order. */
    List<O> run(LoadedModel model, List<I> inputs) throws ModelException;

    /** Decoder tokens of one input. */
    int countTokens(LoadedModel model, I input) throws ModelException;

    /** Where its batches are counted. */
    ModelMeter.Work work(ModelMeter meter);

    /** Vectors. */
    final class Embed implements Forward<EmbedInput, Embedding> {

        @Override
        public List<Embedding> run(LoadedModel model, List<EmbedInput> inputs)
                throws ModelException {
            return model.embedder().embed(inputs);
        }

        @Override
        public int countTokens(LoadedModel model, EmbedInput input) throws ModelException {
            return model.embedder().countTokens(input);
        }

        @Override
        public ModelMeter.Work work(ModelMeter meter) {
            return meter.embed();
        }
    }

    /**
     * Texts.
     *
     * @param options of all of them: those of the same options share batches
     */
    record Write(WriteOptions options) implements Forward<Writer.Task, Writer.Written> {

        @Override
        public List<Writer.Written> run(LoadedModel model, List<Writer.Task> tasks)
                throws ModelException {
            return model.writer().write(tasks, options);
        }

        @Override
        public int countTokens(LoadedModel model, Writer.Task task) throws ModelException {
            return model.writer().countTokens(task);
        }

        @Override
        public ModelMeter.Work work(ModelMeter meter) {
            return meter.write();
        }
    }

    /** All candidates of a query at once. */
    final class Rank implements Forward<List<Content>, List<MatchScore>> {

        private final List<Content> query;

        Rank(List<Content> query) {
            this.query = List.copyOf(query);
        }

        @Override
        public List<List<MatchScore>> run(LoadedModel model, List<List<Content>> inputs)
                throws ModelException {
            List<List<MatchScore>> scores = new ArrayList<>(inputs.size());
            for (List<Content> candidates : inputs) {
                scores.add(model.ranker().rank(query, candidates));
            }
            return scores;
        }

        @Override
        public int countTokens(LoadedModel model, List<Content> candidates) throws ModelException {
            return model.ranker().countTokens(query, candidates);
        }

        @Override
        public ModelMeter.Work work(ModelMeter meter) {
            return meter.match();
        }
    }

    /** Candidates for one query. */
    final class Match implements Forward<Content, MatchScore> {

        private final List<Content> query;

        Match(List<Content> query) {
            this.query = List.copyOf(query);
        }

        @Override
        public List<MatchScore> run(LoadedModel model, List<Content> candidates)
                throws ModelException {
            return model.matcher().match(query, candidates);
        }

        /** Query and candidate as one embedding would take them: the prompts differ by a few. */
        @Override
        public int countTokens(LoadedModel model, Content candidate) throws ModelException {
            List<Content> pair = new ArrayList<>(query);
            pair.add(candidate);
            return model.embedder().countTokens(new EmbedInput(pair, EmbedInput.Role.QUERY, null));
        }

        @Override
        public ModelMeter.Work work(ModelMeter meter) {
            return meter.match();
        }
    }
}
