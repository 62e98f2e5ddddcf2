package org.vidvec.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.prompt.PreparedSequence;

/**
 * ViLL-E's two forward passes per step (§3.4, appendix J): one over a video, its prompt and the
 * caption gives the caption's loss and the video's embedding, one over the text alone gives the
 * text's; both losses together. With a head the video is embedded by the states that the caption's
 * tokens come from, as it is later by those of what the model writes itself.
 */
final class CaptionStep {

    private final TrainableModel model;
    private final Learner learner;
    private final Losses losses;
    private final StateReader reader;
    private final TaskSpec.Captions spec;

    /**
     * @throws IllegalArgumentException if the card reads another layer than the last
     */
    CaptionStep(
            TrainableModel model,
            Learner learner,
            Losses losses,
            StateReader reader,
            TaskSpec.Captions spec) {
        this.model = model;
        this.learner = learner;
        this.losses = losses;
        this.reader = reader;
        this.spec = spec;
        int last = learner.network().layers();
        if (reader.layer() != last) {
            throw new IllegalArgumentException(
                    "the loss [vill_e] reads the last layer, ["
                            + last
                            + "], for captions and embeddings, but the model's card reads layer ["
                            + reader.layer()
                            + "]; set it in [vidvec.json]");
        }
    }

    /** What is shown, what it is asked, and the caption. */
    private record Told(PreparedSequence prompt, long[] words, PreparedSequence alone) {

        /** The prompt with the caption behind it, which is read but for its end. */
        PreparedSequence whole() {
            return prompt.followedBy(words);
        }
    }

    /**
     * Adds the gradients of pairs of something shown and its caption.
     *
     * @param parts gets both losses
     * @return the weighted sum
     */
    double backward(List<EmbedPair> pairs, Map<String, Double> parts)
            throws EngineException, ModelException {
        List<Told> told = new ArrayList<>();
        for (EmbedPair pair : pairs) {
            told.add(told(pair));
        }
        try (LearningPass pass = learner.pass()) {
            TensorScope scope = pass.scope();
            Tensor states = pass.states(told.stream().map(Told::whole).toList(), reader.layer());
            Tensor caption = caption(scope, states, told);
            Tensor shown = shown(scope, states, told);
            Tensor texts = reader.embed(pass, told.stream().map(Told::alone).toList());
            Tensor near = spec.loss().of(losses, scope, List.of(shown, texts));
            parts.put("caption", (double) caption.toFloats()[0]);
            parts.put("contrastive", (double) near.toFloats()[0]);
            double[] weights = {spec.weight() * spec.captionWeight(), spec.weight()};
            return pass.backward(losses.weightedSum(scope, List.of(caption, near), weights));
        }
    }

    private Told told(EmbedPair pair) throws ModelException, EngineException {
        boolean fromText = pair.query().parts().get(0) instanceof Content.Text;
        EmbedInput text = fromText ? pair.query() : pair.target();
        EmbedInput shown = fromText ? pair.target() : pair.query();
        if (text.parts().get(0) instanceof Content.Text words
                && shown.parts().get(0) instanceof Content.Text == false) {
            EmbedInput found =
                    new EmbedInput(shown.parts(), EmbedInput.Role.DOCUMENT, shown.instruction());
            EmbedInput searches =
                    new EmbedInput(text.parts(), EmbedInput.Role.QUERY, text.instruction());
            return new Told(
                    model.prepare(found), model.tokens(words.value()), model.prepare(searches));
        }
        throw new IllegalArgumentException(
                "the loss [vill_e] learns from a text and something that is shown, not from two of"
                        + " a kind; give such sources in [data]");
    }

    /** Loss of the caption's tokens and its end. */
    private Tensor caption(TensorScope scope, Tensor states, List<Told> told)
            throws EngineException, ModelException {
        LongStream.Builder places = LongStream.builder();
        LongStream.Builder words = LongStream.builder();
        long end = model.endToken();
        long begin = 0;
        for (Told one : told) {
            long first = begin + one.prompt().length() - 1;
            LongStream.rangeClosed(first, first + one.words().length).forEach(places::add);
            LongStream.of(one.words()).forEach(words::add);
            words.add(end);
            begin += one.prompt().length() + one.words().length;
        }
        long[] following = words.build().toArray();
        Tensor logits =
                learner.network().logits(scope, states, places.build().toArray(), new long[0]);
        return losses.nextToken(scope, logits, scope.longs(following, following.length));
    }

    /** Embeddings of what is shown. */
    private Tensor shown(TensorScope scope, Tensor states, List<Told> told) throws EngineException {
        LongStream.Builder places = LongStream.builder();
        LongStream.Builder lengths = LongStream.builder();
        long begin = 0;
        for (Told one : told) {
            int prompt = one.prompt().length();
            int from = reader.hasHead() || reader.readsAll() == false ? prompt - 1 : 0;
            int count = reader.hasHead() ? written(one) : prompt - from;
            LongStream.range(begin + from, begin + from + count).forEach(places::add);
            lengths.add(count);
            begin += prompt + one.words().length;
        }
        Tensor rows = learner.network().rows(scope, states, places.build().toArray());
        return reader.embed(scope, rows, lengths.build().toArray());
    }

    /** How many of the states that a caption comes from embed it: all, or a fixed number (E-11). */
    private int written(Told one) {
        int all = one.words().length + 1;
        return spec.tokens() == 0 ? all : Math.min(all, spec.tokens());
    }
}
