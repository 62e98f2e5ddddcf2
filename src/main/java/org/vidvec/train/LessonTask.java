package org.vidvec.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.backbone.NetworkLearner;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tensor;
import org.vidvec.engine.TensorScope;
import org.vidvec.lessons.Examination;
import org.vidvec.lessons.Lesson;
import org.vidvec.lessons.LessonBatch;
import org.vidvec.lessons.LessonMaker;
import org.vidvec.lessons.LessonQueue;
import org.vidvec.lessons.Skill;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;

/**
 * A model learns to answer about the generated world: captions, questions, whether a text matches,
 * and one word for all. Each subject is read once, with all that is asked of it behind it.
 */
final class LessonTask implements Task {

    private static final String MATCH = "match";
    private static final String SOURCE = "world";

    private final TaskSpec.Lessons spec;
    private final Learner learner;
    private final NetworkLearner network;
    private final Losses losses;
    private final long[] yesAndNo;
    private final LessonQueue queue;
    private final Examination examination;
    private long next;

    /**
     * @throws ModelException if the model has no tokens to answer with
     */
    LessonTask(TaskSpec.Lessons spec, TrainableModel model, Losses losses, Learner learner)
            throws ModelException {
        this.spec = spec;
        this.learner = learner;
        this.network = learner.network();
        this.losses = losses;
        this.yesAndNo = model.yesAndNo();
        this.examination =
                spec.evaluation().every() == 0
                        ? null
                        : new Examination(
                                model,
                                spec.plan().seed(),
                                spec.evaluation().clips(),
                                spec.plan().frames(),
                                spec.plan().size());
        this.queue = new LessonQueue(new LessonMaker(model, spec.plan()), spec.size());
    }

    @Override
    public List<String> notes() {
        return List.of("the generated world, " + spec.size() + " subjects a batch");
    }

    @Override
    public void skip(long batches) {
        next += batches;
    }

    @Override
    public TaskReport backward(int step) throws EngineException, ModelException {
        LessonBatch batch = queue.batch(next++);
        Map<String, Double> parts = new LinkedHashMap<>();
        double loss = learn(batch, parts);
        if (examination != null && step % spec.evaluation().every() == 0) {
            examination.run().forEach((name, value) -> parts.put("validation." + name, value));
        }
        return new TaskReport(loss, batch.ids().size(), Map.of(SOURCE, batch.ids()), parts);
    }

    private double learn(LessonBatch batch, Map<String, Double> parts) throws EngineException {
        try (LearningPass pass = learner.pass()) {
            TensorScope scope = pass.scope();
            Tensor states = pass.branchedStates(batch.sequences(), network.layers());
            List<Tensor> all = new ArrayList<>();
            List<Double> weights = new ArrayList<>();
            for (Skill skill : batch.tokens().keySet()) {
                if (spec.weights().get(skill) > 0) {
                    Tensor own = nextToken(scope, states, batch.tokens().get(skill));
                    parts.put(skill.toString(), (double) own.toFloats()[0]);
                    all.add(own);
                    weights.add(spec.weight() * spec.weights().get(skill));
                }
            }
            if (batch.verdicts().isEmpty() == false) {
                all.add(match(scope, states, batch.verdicts(), parts));
                weights.add(spec.weight() * spec.matchWeight());
            }
            double[] factors = weights.stream().mapToDouble(w -> w).toArray();
            return pass.backward(losses.weightedSum(scope, all, factors));
        }
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
            Map<String, Double> parts)
            throws EngineException {
        long[] places = verdicts.stream().mapToLong(Lesson.Verdict::place).toArray();
        long[] labels = verdicts.stream().mapToLong(v -> v.matches() ? 1 : 0).toArray();
        Tensor logits = network.logits(scope, states, places, yesAndNo);
        Tensor loss = losses.match(scope, logits, scope.longs(labels, labels.length));
        parts.put(MATCH, (double) loss.toFloats()[0]);
        float[] sides = logits.toFloats();
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            boolean yes = sides[2 * i] > sides[2 * i + 1];
            right += yes == (labels[i] == 1) ? 1 : 0;
        }
        parts.put("match_right", (double) right / labels.length);
        return loss;
    }

    @Override
    public void close() {
        queue.close();
    }
}
