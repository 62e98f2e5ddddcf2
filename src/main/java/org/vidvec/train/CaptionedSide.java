package org.vidvec.train;

import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;

/**
 * What is shown, with the loss of its captions (ViLL-E §3.4): one pass gives both. Where what is
 * embedded has other words than the caption's behind it, or is read in another layer than the last,
 * it takes a pass of its own.
 */
final class CaptionedSide implements GradCache.Side {

    private final Learner learner;
    private final Losses losses;
    private final StateReader reader;
    private final List<Told> captions;
    private final StretchSide embedded;
    private final boolean together;
    private final long end;
    private final double weight;
    private final long learnt;
    private double loss;

    /**
     * @param embedded what is embedded of each
     * @param together whether that is made of the states that the captions come from
     * @param end the token that ends a caption
     * @param weight factor of the captions' loss
     */
    CaptionedSide(
            Learner learner,
            Losses losses,
            StateReader reader,
            List<Told> captions,
            StretchSide embedded,
            boolean together,
            long end,
            double weight) {
        this.learner = learner;
        this.losses = losses;
        this.reader = reader;
        this.captions = captions;
        this.embedded = embedded;
        this.together = together;
        this.end = end;
        this.weight = weight;
        this.learnt = captions.stream().mapToLong(Told::learnt).sum();
    }

    @Override
    public int size() {
        return captions.size();
    }

    @Override
    public Tensor embed(LearningPass pass, int from, int to) throws EngineException {
        return embedded.embed(pass, from, to);
    }

    /** With the loss of these captions: their part of the mean over all tokens of the batch. */
    @Override
    public GradCache.Read read(LearningPass pass, int from, int to) throws EngineException {
        TensorScope scope = pass.scope();
        List<Told> some = captions.subList(from, to);
        Tensor states =
                pass.states(some.stream().map(Told::sequence).toList(), learner.network().layers());
        NextTokens next = NextTokens.of(some, end);
        Tensor logits = learner.network().logits(scope, states, next.places(), new long[0]);
        Tensor wanted = scope.longs(next.tokens(), next.tokens().length);
        Tensor mean = losses.nextToken(scope, logits, wanted);
        double part = (double) next.tokens().length / learnt;
        loss += part * mean.toFloats()[0];
        double[] factors = {part * weight};
        Tensor shown =
                together ? embedded.embed(scope, states, from, to) : embedded.embed(pass, from, to);
        return new GradCache.Read(shown, losses.weightedSum(scope, List.of(mean), factors));
    }

    /** The mean loss of all tokens that were read. */
    double loss() {
        return loss;
    }
}
