package org.vidvec.lessons;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.vidvec.backbone.BranchedSequence;
import org.vidvec.engine.EngineException;
import org.vidvec.model.Content;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.world.Difficulty;
import org.vidvec.world.Emphasis;
import org.vidvec.world.Question;
import org.vidvec.world.Source;
import org.vidvec.world.Style;
import org.vidvec.world.Subject;
import org.vidvec.world.Topic;

/** Collects what is asked of one subject. */
final class SubjectLesson {

    private final TrainableModel model;
    private final Source source;
    private final Subject subject;
    private final Prompts prompts;
    private final List<Answered> answers = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();

    /** A text inside a prompt and the true tokens of it, from its first on. */
    private record Told(int prompt, long[] read, long[] truth) {}

    private record Verdict(int prompt, Difficulty difficulty, boolean matches) {}

    SubjectLesson(TrainableModel model, Source source, Subject subject, Content content) {
        this.model = model;
        this.source = source;
        this.subject = subject;
        this.prompts = new Prompts(model, content);
    }

    void caption(SplittableRandom random) throws ModelException, EngineException {
        Style style = Style.values()[random.nextInt(Style.values().length)];
        prompts.chat(CaptionRequest.of(source, style));
        answers.add(Answered.text(model, Skill.CAPTION, subject.caption(style, random.nextLong())));
    }

    /**
     * A question, drawn by how often each topic comes up.
     *
     * @param topics shares above 0; all questions alike where the subject has none of these
     */
    void question(Map<Topic, Double> topics, SplittableRandom random)
            throws ModelException, EngineException {
        List<Question> all = subject.questions(random.nextLong());
        Map<Topic, Double> there = new TreeMap<>(topics);
        there.keySet().retainAll(all.stream().map(Question::topic).toList());
        ask(there.isEmpty() ? all : about(Shares.draw(there, random), all), random);
    }

    private static List<Question> about(Topic topic, List<Question> all) {
        return all.stream().filter(question -> question.topic() == topic).toList();
    }

    /** What a figure or a page is; any question where nothing has a name that is its alone. */
    void name(SplittableRandom random) throws ModelException, EngineException {
        List<Question> all = subject.questions(random.nextLong());
        List<Question> naming = about(Topic.NAME, all);
        ask(naming.isEmpty() ? all : naming, random);
    }

    private void ask(List<Question> all, SplittableRandom random)
            throws ModelException, EngineException {
        Question question = all.get(random.nextInt(all.size()));
        prompts.chat(question.text());
        answers.add(Answered.text(model, Skill.ANSWER, question.answer()));
    }

    /**
     * @param words of the summary, any of which is right
     */
    void word(List<String> words, SplittableRandom random) throws ModelException, EngineException {
        prompts.word();
        answers.add(Answered.oneOf(model, words, random));
    }

    /**
     * A true text and a false one, told in the same wording.
     *
     * @param emphasis what they are about more often
     */
    void matches(Difficulty difficulty, Emphasis emphasis, long wording)
            throws ModelException, EngineException {
        String truth = subject.truth(difficulty, wording, emphasis);
        String falsehood = subject.falsehood(difficulty, wording, emphasis);
        match(difficulty, truth, true, model.tokens(truth));
        boolean alike = difficulty == Difficulty.NEAR || difficulty == Difficulty.PART;
        long[] known = alike ? model.tokens(truth) : new long[0];
        match(difficulty, falsehood, false, known);
    }

    private void match(Difficulty difficulty, String text, boolean matches, long[] truth)
            throws ModelException, EngineException {
        int prompt = prompts.match(text);
        told.add(new Told(prompt, model.tokens(text), truth));
        verdicts.add(new Verdict(prompt, difficulty, matches));
        long[] token = {model.yesAndNo()[matches ? 0 : 1]};
        answers.add(new Answered(token, List.of(new Lesson.Next(Skill.ANSWER, -1, token[0]))));
    }

    /** All of it. */
    Lesson lesson() throws ModelException {
        BranchedSequence sequence = prompts.answered(answers.stream().map(Answered::ids).toList());
        int[] begin = new int[answers.size()];
        List<Lesson.Next> tokens = new ArrayList<>();
        for (int i = 0; i < begin.length; i++) {
            begin[i] = sequence.start(i) + prompts.tail(i).length - prompts.shared();
            for (Lesson.Next next : answers.get(i).next()) {
                tokens.add(new Lesson.Next(next.skill(), begin[i] + next.place(), next.token()));
            }
        }
        told.forEach(text -> addTold(text, sequence, tokens));
        List<Lesson.Verdict> all =
                verdicts.stream()
                        .map(
                                v ->
                                        new Lesson.Verdict(
                                                v.difficulty(), begin[v.prompt()] - 1, v.matches()))
                        .toList();
        return new Lesson(sequence, tokens, all);
    }

    /**
     * What should be said next at each token of a text, as far as it is true: to its end, or to the
     * first wrong token, in whose place the true one is learnt. The first token is left out: it
     * follows what all prompts share.
     */
    private void addTold(Told text, BranchedSequence sequence, List<Lesson.Next> tokens) {
        long[] branch = sequence.branches().get(text.prompt());
        int at = start(branch, text.read());
        int same = Arrays.mismatch(text.read(), text.truth());
        int end = same < 0 ? text.truth().length : Math.min(same + 1, text.truth().length);
        for (int i = 1; at >= 0 && i < end; i++) {
            int place = sequence.start(text.prompt()) + at + i - 1;
            tokens.add(new Lesson.Next(Skill.TOLD, place, text.truth()[i]));
        }
    }

    /** Where a text begins in a branch: the prompt may cut its last token otherwise. */
    private static int start(long[] branch, long[] text) {
        int sure = Math.max(1, text.length - 1);
        for (int at = 0; at + sure <= branch.length; at++) {
            if (Arrays.equals(branch, at, at + sure, text, 0, sure)) {
                return at;
            }
        }
        return -1;
    }
}
