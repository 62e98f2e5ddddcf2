package org.vidvec.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.backbone.NetworkLearner;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.lessons.Lesson;
import org.vidvec.lessons.LessonBatch;
import org.vidvec.lessons.Skill;

/** The losses of lessons: means over all tokens and verdicts of a batch, however it is cut. */
final class LessonLosses {

    private static final String MATCH = "match";

    private final TaskSpec.Lessons spec;
    private final int wordLayer;
    private final NetworkLearner network;
    private final Losses losses;
    private final long[] yesAndNo;

    /**
     * @param loss that was learnt from
     * @param parts of it before their factors, and the part of verdicts that were right
     */
    record Report(double loss, Map<String, Double> parts) {

        /** Of all parts of a batch together. */
        static Report sum(List<Report> reports) {
            Map<String, Double> parts = new LinkedHashMap<>();
            reports.forEach(
                    one ->
                            one.parts()
                                    .forEach(
                                            (name, value) ->
                                                    parts.merge(name, value, Double::sum)));
            return new Report(reports.stream().mapToDouble(Report::loss).sum(), parts);
        }
    }

    /**
     * @param wordLayer decoder layer, from 1, whose states one word is read from
     */
    LessonLosses(
            TaskSpec.Lessons spec,
            int wordLayer,
            NetworkLearner network,
            Losses losses,
            long[] yesAndNo) {
        this.spec = spec;
        this.wordLayer = wordLayer;
        this.network = network;
        this.losses = losses;
        this.yesAndNo = yesAndNo;
    }

    /**
     * What a part of a batch adds to the batch's loss.
     *
     * @param batch all parts, which the means are over
     * @param parts takes what it adds to each loss
     */
    Tensor of(
            LearningPass pass, LessonBatch part, List<LessonBatch> batch, Map<String, Double> parts)
            throws EngineException {
        TensorScope scope = pass.scope();
        Read read = read(pass, part);
        List<Tensor> all = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (Skill skill : part.tokens().keySet()) {
            if (spec.weights().get(skill) > 0) {
                int among = batch.stream().mapToInt(one -> one.count(skill)).sum();
                double share = (double) part.count(skill) / among;
                Tensor from = skill == Skill.ONE_WORD ? read.words() : read.last();
                Tensor own = nextToken(scope, from, part.tokens().get(skill));
                parts.put(skill.toString(), share * own.toFloats()[0]);
                all.add(own);
                weights.add(share * spec.weight() * spec.weights().get(skill));
            }
        }
        if (part.verdicts().isEmpty() == false) {
            int among = batch.stream().mapToInt(one -> one.verdicts().size()).sum();
            double share = (double) part.verdicts().size() / among;
            all.add(match(scope, read.last(), part.verdicts(), share, parts));
            weights.add(share * spec.weight() * spec.matchWeight());
        }
        double[] factors = weights.stream().mapToDouble(w -> w).toArray();
        return losses.weightedSum(scope, all, factors);
    }

    /**
     * States of all tokens [tokens, hidden] under the final norm.
     *
     * @param words those that one word is read from
     */
    private record Read(Tensor words, Tensor last) {}

    private Read read(LearningPass pass, LessonBatch part) throws EngineException {
        if (wordLayer == network.layers()) {
            Tensor states = pass.branchedStates(part.sequences(), network.layers());
            return new Read(states, states);
        }
        List<Tensor> two = pass.branchedStatesOfTwo(part.sequences(), wordLayer);
        return new Read(two.get(0), two.get(1));
    }

    private Tensor nextToken(TensorScope scope, Tensor states, LessonBatch.Following following)
            throws EngineException {
        Tensor logits = network.logits(scope, states, following.places(), new long[0]);
        long[] tokens = following.tokens();
        return losses.nextToken(scope, logits, scope.longs(tokens, tokens.length));
    }

    private Tensor match(
            TensorScope scope,
            Tensor states,
            List<Lesson.Verdict> verdicts,
            double share,
            Map<String, Double> parts)
            throws EngineException {
        long[] places = verdicts.stream().mapToLong(Lesson.Verdict::place).toArray();
        long[] labels = verdicts.stream().mapToLong(v -> v.matches() ? 1 : 0).toArray();
        Tensor logits = network.logits(scope, states, places, yesAndNo);
        Tensor loss = losses.match(scope, logits, scope.longs(labels, labels.length));
        parts.put(MATCH, share * loss.toFloats()[0]);
        float[] sides = logits.toFloats();
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            boolean yes = sides[2 * i] > sides[2 * i + 1];
            right += yes == (labels[i] == 1) ? 1 : 0;
        }
        parts.put("match_right", share * right / labels.length);
        return loss;
    }
}
