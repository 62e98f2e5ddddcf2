package org.vidvec.train;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.vidvec.lessons.Curriculum;
import org.vidvec.lessons.LessonPlan;
import org.vidvec.lessons.Skill;
import org.vidvec.world.Background;
import org.vidvec.world.Difficulty;
import org.vidvec.world.Emphasis;
import org.vidvec.world.FrameSize;
import org.vidvec.world.Source;
import org.vidvec.world.Topic;

/** Reads what a task asks of the generated world. */
final class LessonFields {

    /** What texts about clips and pictures are about. */
    private static final Set<Topic> OF_SCENES = EnumSet.complementOf(EnumSet.of(Topic.VALUE));

    private LessonFields() {}

    /**
     * @param task the object that holds {@code data}, {@code loss} and {@code evaluation}
     * @param batch the object that holds the size
     */
    static TaskSpec.Lessons read(RunFields task, RunFields batch) {
        RunFields data = task.object("data");
        LessonPlan plan = plan(data.object("world"));
        data.refuseOthers();
        RunFields loss = task.object("loss");
        loss.word("name", null, List.of("next_token"));
        Map<Skill, Double> weights = new EnumMap<>(Skill.class);
        for (Skill skill : Skill.values()) {
            weights.put(skill, loss.number(skill.toString(), 1., 0));
        }
        double match = loss.number("match", 1., 0);
        int wordLayer = loss.whole("one_word_layer", 0, 0);
        loss.refuseOthers();
        RunFields evaluation = task.object("evaluation");
        TaskSpec.Evaluation how =
                new TaskSpec.Evaluation(
                        evaluation.whole("every", 0, 0), evaluation.whole("clips", 200, 2));
        evaluation.refuseOthers();
        return new TaskSpec.Lessons(
                plan,
                batch.whole("size", 32, 1),
                batch.whole("parallel", 1, 1),
                weights,
                match,
                wordLayer,
                how,
                task.number("weight", 1., 0));
    }

    private static LessonPlan plan(RunFields world) {
        int side = world.whole("size", 84, FrameSize.LEAST);
        RunFields turns = world.object("turns");
        LessonPlan.Turns asked =
                new LessonPlan.Turns(
                        turns.whole("captions", 1, 0),
                        turns.whole("questions", 2, 0),
                        turns.whole("matches", 2, 0),
                        turns.whole("words", 1, 0),
                        turns.whole("nouns", 0, 0),
                        turns.whole("names", 0, 0),
                        turns.flag("texts", true));
        turns.refuseOthers();
        Map<Difficulty, Double> first =
                shares(
                        world.object("negatives"),
                        Difficulty.values(),
                        difficulty -> difficulty == Difficulty.PART ? 0. : 1.);
        Curriculum curriculum =
                new Curriculum(
                        first,
                        shares(world.object("final_negatives"), Difficulty.values(), first::get),
                        world.whole("curriculum_batches", 1, 1));
        Map<Source, Double> sources = new HashMap<>();
        RunFields given = world.object("sources");
        sources.put(Source.CLIP, given.number("clip", 1., 0));
        for (Source source : List.of(Source.IMAGE, Source.PAGE, Source.STORY)) {
            sources.put(source, given.number(name(source), 0., 0));
        }
        given.refuseOthers();
        LessonPlan plan =
                new LessonPlan(
                        world.whole("seed", 1, 0),
                        sources,
                        world.share("alone", 0),
                        world.share("several", 0),
                        world.whole("frames", 8, 1),
                        new FrameSize(side, side),
                        asked,
                        topics(world.object("topics"), EnumSet.allOf(Topic.class)),
                        new Emphasis(topics(world.object("wrong"), OF_SCENES), grounds(world)),
                        curriculum);
        world.refuseOthers();
        return plan;
    }

    private static List<Background.Paint> grounds(RunFields world) {
        return world.has("grounds") ? world.words("grounds", Background.Paint.values()) : List.of();
    }

    /** Those that come up at all. */
    private static Map<Topic, Double> topics(RunFields given, Set<Topic> known) {
        Map<Topic, Double> shares = shares(given, known.toArray(new Topic[0]), name -> 0.);
        shares.values().removeIf(share -> share == 0);
        return shares;
    }

    private static <E extends Enum<E>> Map<E, Double> shares(
            RunFields fields, E[] names, Function<E, Double> absent) {
        Map<E, Double> shares = new HashMap<>();
        for (E name : names) {
            shares.put(name, fields.number(name(name), absent.apply(name), 0));
        }
        fields.refuseOthers();
        return shares;
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
