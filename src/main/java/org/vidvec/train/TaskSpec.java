package org.vidvec.train;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vidvec.lessons.LessonPlan;
import org.vidvec.lessons.Skill;
import org.vidvec.samples.AskedSide;
import org.vidvec.samples.FlaggedOrigin;
import org.vidvec.samples.MomentOrigin;
import org.vidvec.samples.PairOrigin;
import org.vidvec.samples.PairSource;

/** What a task learns from and how, as a run's description says. */
public sealed interface TaskSpec {

    /** Factor of its loss. */
    double weight();

    /** What is embedded, and what is asked of it. */
    default List<AskedSide> sides() {
        return List.of();
    }

    /** How many states of what the model writes its head reads; 0 for all, or for none at all. */
    default int captionTokens() {
        return 0;
    }

    /**
     * Pairs that are to be embedded next to each other.
     *
     * @param data at least one source
     */
    record Pairs(List<PairOrigin> data, PairLoss loss, Batch batch, double weight)
            implements TaskSpec {

        @Override
        public List<AskedSide> sides() {
            return data.stream().flatMap(origin -> origin.sides().stream()).toList();
        }
    }

    /**
     * Captions of what is shown and embeddings of both, in two passes (ViLL-E §3.4).
     *
     * @param data at least one source of something shown and a text
     * @param loss between embeddings
     * @param captionWeight factor of the captions' loss
     * @param nearWeight factor of the loss between embeddings; with 0 nothing is embedded
     * @param tokens how many states of a caption embed what is shown; 0 for all (E-11)
     * @param written part of a batch that is embedded by what the model writes itself, as it is
     *     when it serves, and not by the true captions
     */
    record Captions(
            List<PairOrigin> data,
            PairLoss loss,
            double captionWeight,
            double nearWeight,
            int tokens,
            double written,
            Batch batch,
            double weight)
            implements TaskSpec {

        @Override
        public List<AskedSide> sides() {
            return data.stream()
                    .flatMap(origin -> origin.sides().stream().map(AskedSide::asCaptioned))
                    .toList();
        }

        @Override
        public int captionTokens() {
            return tokens;
        }
    }

    /**
     * What happens when in long videos (ViLL-E §3.3).
     *
     * @param tau temperature of the loss
     * @param queryInstruction null for the card's
     * @param targetInstruction null for the card's
     */
    record Moments(
            MomentOrigin data,
            double tau,
            String queryInstruction,
            String targetInstruction,
            Batch batch,
            double weight)
            implements TaskSpec {

        @Override
        public List<AskedSide> sides() {
            return List.of(
                    new AskedSide(AskedSide.QUERY, "text_video", queryInstruction),
                    AskedSide.document(PairSource.Kind.VIDEO, targetInstruction));
        }
    }

    /**
     * Several tasks in one batch, by the flags of its samples (ViLL-E, appendix C).
     *
     * @param sources at least one
     * @param captions how captions and embeddings are learnt, its data left out
     * @param queryInstruction what is asked of texts that search; null for the card's
     * @param targetInstruction what is asked of what is shown; null for the card's
     * @param qa factor of the loss of answers
     * @param match factor of the loss of Yes against No
     * @param localization factor of the loss of windows
     */
    record Flagged(
            List<FlaggedOrigin> sources,
            Captions captions,
            String queryInstruction,
            String targetInstruction,
            double qa,
            double match,
            double localization,
            Batch batch,
            double weight)
            implements TaskSpec {

        @Override
        public List<AskedSide> sides() {
            Set<PairSource.Kind> shown = new LinkedHashSet<>();
            sources.forEach(source -> shown.add(source.kind()));
            List<AskedSide> sides = new ArrayList<>();
            sides.add(AskedSide.query(PairSource.Kind.TEXT, queryInstruction));
            sides.add(new AskedSide(AskedSide.QUERY, "text_video", queryInstruction));
            shown.forEach(kind -> sides.add(AskedSide.document(kind, targetInstruction)));
            return sides;
        }

        @Override
        public int captionTokens() {
            return captions.tokens();
        }
    }

    /**
     * Answers about the generated world.
     *
     * @param size subjects in a mini-batch
     * @param parallel parts of it that are learnt at once, each in a thread of its own
     * @param weights factors of the losses of tokens that follow
     * @param matchWeight factor of the loss of Yes against No
     * @param wordLayer decoder layer, from 1, whose states one word is read from; 0 for the last
     */
    record Lessons(
            LessonPlan plan,
            int size,
            int parallel,
            Map<Skill, Double> weights,
            double matchWeight,
            int wordLayer,
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
     * @param maxTokens of a sample; texts are cut to it. 0 for what the model reads, and no cut
     * @param readAhead samples of the batches that follow that are read while one is learnt
     */
    record Batch(int size, int sub, int chunk, int maxTokens, int readAhead) {}
}
