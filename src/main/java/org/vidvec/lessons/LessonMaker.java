package org.vidvec.lessons;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.vidvec.engine.EngineException;
import org.vidvec.model.Content;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.world.Difficulty;
import org.vidvec.world.Source;
import org.vidvec.world.Split;
import org.vidvec.world.Subject;
import org.vidvec.world.WorldSamples;

/**
 * Makes lessons out of the generated world. Lesson {@code i} depends on the plan, {@code i} and the
 * number of its batch alone. Thread-safe.
 */
public final class LessonMaker {

    /** Of a clip, as {@code vidvec world} writes it. */
    static final double CLIP_SECONDS = 3;

    private final TrainableModel model;
    private final LessonPlan plan;
    private final WorldSamples samples;

    public LessonMaker(TrainableModel model, LessonPlan plan) {
        this.model = model;
        this.plan = plan;
        this.samples = new WorldSamples(plan.seed(), Split.TRAIN, plan.frames(), plan.size());
    }

    /**
     * One subject and all that is asked of it, and a text of it alone if words are asked for.
     *
     * @param i from 0
     * @param batch number of its batch from 0, for the curriculum
     */
    public List<Lesson> lessons(long i, long batch) throws ModelException, EngineException {
        SplittableRandom random = new SplittableRandom(31 * plan.seed() + i);
        random.nextLong();
        Source source = Shares.draw(plan.sources(), random);
        Subject subject = subject(source, i, random);
        Content content = WorldContent.of(source, samples.frames(source, subject), CLIP_SECONDS);
        SubjectLesson asked = new SubjectLesson(model, source, subject, content);
        LessonPlan.Turns turns = plan.turns();
        for (int k = 0; k < turns.captions(); k++) {
            asked.caption(random);
        }
        for (int k = 0; k < turns.questions(); k++) {
            asked.question(plan.topics(), random);
        }
        Map<Difficulty, Double> shares = plan.curriculum().at(batch);
        for (int k = 0; k < turns.matches(); k++) {
            asked.matches(Shares.draw(shares, random), plan.emphasis(), random.nextLong());
        }
        for (int k = 0; k < turns.words() + turns.nouns(); k++) {
            asked.word(oneWord(subject, k < turns.words(), random), random);
        }
        for (int k = 0; k < turns.names(); k++) {
            asked.name(random);
        }
        List<Lesson> lessons = new ArrayList<>(List.of(asked.lesson()));
        int texts = turns.texts() ? turns.words() + turns.nouns() : 0;
        for (int k = 0; k < texts; k++) {
            List<String> words = oneWord(subject, k < turns.words(), random);
            lessons.add(TextLesson.of(model, subject, words, random));
        }
        return lessons;
    }

    private static List<String> oneWord(Subject subject, boolean any, SplittableRandom random) {
        long wording = random.nextLong();
        return any ? SummaryWords.of(subject, wording) : SummaryWords.nouns(subject, wording);
    }

    private Subject subject(Source source, long i, SplittableRandom random) {
        boolean figures = source == Source.CLIP || source == Source.IMAGE;
        double drawn = random.nextDouble();
        if (figures && drawn < plan.alone()) {
            return samples.alone(source, i);
        }
        return figures && drawn < plan.alone() + plan.several()
                ? samples.several(source, i)
                : samples.subject(source, i);
    }
}
