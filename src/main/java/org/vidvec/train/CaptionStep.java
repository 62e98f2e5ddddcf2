package org.vidvec.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
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
    private final SideMaker sides;
    private final AnswerStep words;

    /**
     * @throws IllegalArgumentException if own words are to be embedded where no head reads them
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
        this.words = new AnswerStep(model, learner, losses);
        this.sides = new SideMaker(model, learner, reader, spec.tokens());
        if (spec.written() > 0 && reader.hasHead() == false) {
            throw new IllegalArgumentException(
                    "[loss.written] is for a model with a head; without one nothing of what is"
                            + " written is embedded. Remove it, or add [head]: its [name] may be"
                            + " [mean], which has no weights");
        }
    }

    /**
     * Adds the gradients of pairs of something shown and its caption.
     *
     * @param parts gets the losses
     * @return the weighted sum
     */
    double backward(List<SamplePrompts.Captioned> pairs, Map<String, Double> parts)
            throws EngineException, ModelException {
        List<Told> told = pairs.stream().map(SamplePrompts.Captioned::told).toList();
        double weight = spec.weight() * spec.captionWeight();
        if (spec.nearWeight() == 0) {
            double loss = words.told(told, spec.batch().chunk(), weight);
            parts.put("caption", weight == 0 ? 0 : loss / weight);
            return loss;
        }
        CaptionedSide shown = shown(told, weight);
        double near =
                backward(
                        shown,
                        sides.of(pairs.stream().map(SamplePrompts.Captioned::alone).toList()));
        parts.put("caption", shown.loss());
        parts.put("contrastive", near);
        return weight * shown.loss() + nearWeight() * near;
    }

    private CaptionedSide shown(List<Told> told, double weight)
            throws EngineException, ModelException {
        int own = (int) Math.round(spec.written() * told.size());
        // the order of a batch is random
        List<PreparedSequence> prompts = told.subList(0, own).stream().map(Told::prompt).toList();
        List<Told> read = new ArrayList<>(sides.written(prompts));
        read.addAll(told.subList(own, told.size()));
        List<Stretch> stretches = read.stream().map(this::stretch).toList();
        return new CaptionedSide(
                learner,
                losses,
                reader,
                told,
                new StretchSide(learner, reader, stretches),
                own == 0 && reader.layer() == learner.network().layers(),
                model.endToken(),
                weight);
    }

    private Stretch stretch(Told told) {
        return reader.hasHead()
                ? Stretch.words(told, spec.tokens())
                : Stretch.prompt(told, reader.readsAll());
    }

    private double nearWeight() {
        return spec.weight() * spec.nearWeight();
    }

    /** The loss of the embeddings; all gradients are added. */
    private double backward(CaptionedSide shown, GradCache.Side texts) throws EngineException {
        int chunk = spec.batch().chunk();
        if (chunk > 0) {
            double[] near = new double[1];
            new GradCache(learner, chunk)
                    .backward(
                            List.of(shown, texts),
                            (scope, both) -> {
                                Tensor own = spec.loss().of(losses, scope, both);
                                near[0] = own.toFloats()[0];
                                double[] weight = {nearWeight()};
                                return losses.weightedSum(scope, List.of(own), weight);
                            });
            return near[0];
        }
        try (LearningPass pass = learner.pass()) {
            TensorScope scope = pass.scope();
            GradCache.Read read = shown.read(pass, 0, shown.size());
            Tensor found = texts.embed(pass, 0, texts.size());
            Tensor near = spec.loss().of(losses, scope, List.of(read.embeddings(), found));
            double[] weights = {nearWeight(), 1};
            pass.backward(losses.weightedSum(scope, List.of(near, read.loss()), weights));
            return near.toFloats()[0];
        }
    }
}
