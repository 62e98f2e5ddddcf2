package org.vidvec.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vidvec.engine.EngineException;
import org.vidvec.lessons.Examination;
import org.vidvec.lessons.LessonBatch;
import org.vidvec.lessons.LessonMaker;
import org.vidvec.lessons.LessonQueue;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;

/**
 * A model learns to answer about the generated world: captions, questions, whether a text matches,
 * and one word for all. Each subject is read once, with all that is asked of it behind it.
 */
final class LessonTask implements Task {

    private static final String SOURCE = "world";

    private final TaskSpec.Lessons spec;
    private final LessonSteps steps;
    private final LessonQueue queue;
    private final Examination examination;
    private long next;

    /**
     * @throws ModelException if the model has no tokens to answer with
     * @throws IllegalArgumentException if it has no layer that one word is to be read from
     */
    LessonTask(TaskSpec.Lessons spec, TrainableModel model, Losses losses, Learner learner)
            throws ModelException {
        this.spec = spec;
        this.steps =
                new LessonSteps(
                        learner,
                        new LessonLosses(
                                spec,
                                learner.layer("loss.one_word_layer", spec.wordLayer()),
                                learner.network(),
                                losses,
                                model.yesAndNo()),
                        spec.parallel());
        this.examination =
                spec.evaluation().every() == 0
                        ? null
                        : new Examination(
                                model,
                                spec.plan().seed(),
                                spec.evaluation().clips(),
                                spec.plan().frames(),
                                spec.plan().size());
        this.queue =
                new LessonQueue(new LessonMaker(model, spec.plan()), spec.size(), spec.parallel());
    }

    @Override
    public List<String> notes() {
        String each = spec.parallel() > 1 ? ", in " + spec.parallel() + " parts at once" : "";
        return List.of("the generated world, " + spec.size() + " subjects a batch" + each);
    }

    @Override
    public void skip(long batches) {
        next += batches;
    }

    @Override
    public TaskReport backward(int step) throws EngineException, ModelException {
        List<LessonBatch> batch = queue.batch(next++);
        LessonLosses.Report learnt = steps.learn(batch);
        Map<String, Double> parts = new LinkedHashMap<>(learnt.parts());
        if (examination != null && step % spec.evaluation().every() == 0) {
            examination.run().forEach((name, value) -> parts.put("validation." + name, value));
        }
        List<Long> ids = batch.stream().flatMap(part -> part.ids().stream()).sorted().toList();
        return new TaskReport(learnt.loss(), ids.size(), Map.of(SOURCE, ids), List.of(), parts);
    }

    @Override
    public void close() {
        steps.close();
        queue.close();
    }
}
