package org.vidvec.train;

import java.util.List;
import java.util.Map;
import org.vidvec.lessons.LessonPlan;
import org.vidvec.lessons.Skill;

/** What a task learns from and how, as a run's description says. */
public sealed interface TaskSpec {

    /** Factor of its loss. */
    double weight();

    /**
     * Pairs that are to be embedded next to each other.
     *
     * @param data at least one source
     */
    record Pairs(List<PairSource> data, PairLoss loss, Batch batch, double weight)
            implements TaskSpec {}

    /**
     * Answers about the generated world.
     *
     * @param size subjects in a mini-batch
     * @param weights factors of the losses of tokens that follow
     * @param matchWeight factor of the loss of Yes against No
     */
    record Lessons(
            LessonPlan plan,
            int size,
            Map<Skill, Double> weights,
            double matchWeight,
            Evaluation evaluation,
            double weight)
            implements TaskSpec {}

    /**
     * How often it is measured what a model knows by now.
     *
     * @param every so many steps; 0 for never
     * @param clips that are measured on
     */
    record Evaluation(int every, int clips) {}

    /**
     * How many samples a mini-batch has.
     *
     * @param size samples; pairs are each other's negatives
     * @param sub so many of them come from one source
     * @param chunk so many go through the network at a time, with the gradients of the whole batch
     *     (GradCache); 0 for all at once
     */
    record Batch(int size, int sub, int chunk) {}
}
