package org.vidvec.lessons;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.backbone.BranchedSequence;
import org.vidvec.engine.TensorScope;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.TrainableModel;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.scratch.ModelShape;
import org.vidvec.scratch.NewModel;
import org.vidvec.world.Difficulty;
import org.vidvec.world.Emphasis;
import org.vidvec.world.FrameSize;
import org.vidvec.world.Source;
import org.vidvec.world.Split;
import org.vidvec.world.Style;
import org.vidvec.world.Subject;
import org.vidvec.world.Topic;
import org.vidvec.world.WorldSamples;

/** What is read and learnt of a subject. */
public class LessonTests extends ESTestCase {

    private static final ModelShape SMALL =
            new ModelShape(32, 2, 2, 1, 48, new ModelShape.Vision(1, 32, 2), 1200);
    private static final FrameSize SIZE = new FrameSize(84, 84);
    private static final Curriculum CURRICULUM =
            new Curriculum(Map.of(Difficulty.ATTRIBUTE, 1.), Map.of(Difficulty.NEAR, 1.), 10);

    private interface Check {
        void with(TrainableModel model) throws Exception;
    }

    private static void model(Check check) throws Exception {
        Path folder = createTempDir().resolve("new");
        new NewModel(SMALL, 1).write(folder);
        try (TrainableModel model =
                TrainableModel.open(NativeLibraries.fromSystemProperty(), folder, 1)) {
            check.with(model);
        }
    }

    private static LessonPlan plan(Source source, int captions, int matches) {
        return plan(source, new LessonPlan.Turns(captions, 2, matches, 1, 0, 0, true));
    }

    private static LessonPlan plan(Source source, LessonPlan.Turns turns) {
        return plan(source, turns, Map.of());
    }

    private static LessonPlan plan(
            Source source, LessonPlan.Turns turns, Map<Topic, Double> topics) {
        return new LessonPlan(
                1, Map.of(source, 1.), 0, 0, 8, SIZE, turns, topics, Emphasis.NONE, CURRICULUM);
    }

    /** And about anything where the subject has none, as a page has no motions. */
    public void testQuestionsAreAboutTheirTopics() throws Exception {
        Set<String> motions =
                Set.of(
                        "rests", "moves", "grows", "shrinks", "spins", "blinks", "bounces",
                        "circles");
        LessonPlan.Turns turns = new LessonPlan.Turns(0, 1, 0, 0, 0, 0, false);
        model(
                model -> {
                    Set<Long> first = new HashSet<>();
                    for (String motion : motions) {
                        first.add(model.tokens(motion)[0]);
                    }
                    Map<Topic, Double> topics = Map.of(Topic.MOTION, 1.);
                    LessonMaker clips = new LessonMaker(model, plan(Source.CLIP, turns, topics));
                    LessonMaker pages = new LessonMaker(model, plan(Source.PAGE, turns, topics));
                    for (int i = 0; i < 16; i++) {
                        long answer = clips.lessons(i, 0).get(0).tokens().get(0).token();
                        // a clip of three alike has no figure to ask of
                        assertTrue(first.contains(answer) || alike(i));
                        assertEquals(1, pages.lessons(i, 0).size());
                    }
                });
    }

    private static boolean alike(int i) {
        return new WorldSamples(1, Split.TRAIN, 8, SIZE)
                .subject(Source.CLIP, i).questions(1).stream()
                        .noneMatch(question -> question.topic() == Topic.MOTION);
    }

    /** A shape and nothing else, of what is shown and of its caption. */
    public void testOneWordIsANoun() throws Exception {
        Set<String> shapes =
                Set.of(
                        "circle",
                        "disc",
                        "square",
                        "box",
                        "triangle",
                        "star",
                        "cross",
                        "plus",
                        "ring",
                        "hoop",
                        "diamond",
                        "rhombus",
                        "heart",
                        "moon",
                        "crescent");
        model(
                model -> {
                    LessonMaker maker =
                            new LessonMaker(
                                    model,
                                    plan(
                                            Source.CLIP,
                                            new LessonPlan.Turns(0, 0, 0, 0, 1, 0, true)));
                    Set<Long> first = new HashSet<>();
                    for (String shape : shapes) {
                        first.add(model.tokens(shape)[0]);
                    }
                    for (int i = 0; i < 8; i++) {
                        List<Lesson> lessons = maker.lessons(i, 0);
                        assertEquals(2, lessons.size());
                        for (Lesson lesson : lessons) {
                            int place = lesson.tokens().get(0).place();
                            lesson.tokens().stream()
                                    .filter(next -> next.place() == place)
                                    .forEach(next -> assertTrue(first.contains(next.token())));
                        }
                    }
                });
    }

    /** Its thread uses the model's tokenizer, which is closed next. */
    public void testNothingIsDrawnBehindAQueueThatIsClosed() throws Exception {
        model(
                model -> {
                    LessonMaker maker = new LessonMaker(model, plan(Source.CLIP, 1, 2));
                    LessonQueue queue = new LessonQueue(maker, 40, 1);
                    queue.batch(0);
                    queue.close();
                    // a thread whose work is over is still on its way out
                    assertBusy(() -> assertFalse(drawing()));
                });
    }

    private static boolean drawing() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("vidvec-lessons"));
    }

    public void testPagesHaveNoShapes() {
        WorldSamples samples = new WorldSamples(1, Split.TRAIN, 8, SIZE);
        Subject page = samples.subject(Source.PAGE, 3);
        assertEquals(SummaryWords.of(page, 5), SummaryWords.nouns(page, 5));
    }

    /** Every branch, with what is before it, is the serving prompt with the answer behind it. */
    public void testBranchesAreServingPrompts() throws Exception {
        model(
                model -> {
                    for (Source source : List.of(Source.CLIP, Source.IMAGE, Source.PAGE)) {
                        WorldSamples samples = new WorldSamples(1, Split.TRAIN, 8, SIZE);
                        Subject subject = samples.subject(source, 3);
                        Content content =
                                WorldContent.of(source, samples.frames(source, subject), 3);
                        Prompts prompts = new Prompts(model, content);
                        prompts.chat("how many figures are there?");
                        prompts.match("a red star spins");
                        prompts.word();
                        List<long[]> answers =
                                List.of(
                                        model.tokens("two"),
                                        model.tokens("Yes"),
                                        model.tokens("a"));
                        Content question = new Content.Text("how many figures are there?");
                        Content text = new Content.Text("a red star spins");
                        EmbedInput word =
                                new EmbedInput(List.of(content), EmbedInput.Role.DOCUMENT, null);
                        List<PreparedSequence> served =
                                List.of(
                                        model.prepareChat(List.of(content, question)),
                                        model.prepareMatch(List.of(text), content),
                                        model.prepare(word));
                        BranchedSequence sequence = prompts.answered(answers);
                        for (int i = 0; i < served.size(); i++) {
                            same(served.get(i).followedBy(answers.get(i)), sequence, i);
                        }
                        readsAlike(model, sequence, served, answers);
                    }
                });
    }

    private static void same(PreparedSequence expected, BranchedSequence sequence, int branch) {
        PreparedSequence joined = sequence.joined();
        int head = sequence.head().length();
        int start = sequence.start(branch);
        int end = start + sequence.branches().get(branch).length;
        assertEquals(expected.length(), head + end - start);
        for (int i = 0; i < expected.length(); i++) {
            int at = i < head ? i : start + i - head;
            assertEquals("token " + i, expected.ids()[i], joined.ids()[at]);
            for (int axis = 0; axis < 3; axis++) {
                assertEquals(expected.positions()[axis][i], joined.positions()[axis][at]);
            }
        }
        assertEquals(expected.vision().size(), joined.vision().size());
        assertArrayEquals(expected.vision().get(0).patches(), joined.vision().get(0).patches(), 0);
    }

    private static void readsAlike(
            TrainableModel model,
            BranchedSequence sequence,
            List<PreparedSequence> served,
            List<long[]> answers)
            throws Exception {
        int hidden = model.network().hiddenSize();
        float[] branched;
        try (TensorScope scope = model.network().learner().engine().scope()) {
            // twice, so that a sequence stands behind another
            branched =
                    model.network()
                            .learner()
                            .branchedStates(
                                    scope, List.of(sequence, sequence), model.network().layers())
                            .toFloats();
        }
        for (int i = 0; i < served.size(); i++) {
            PreparedSequence alone = served.get(i).followedBy(answers.get(i));
            float[] states = model.network().states(List.of(alone)).get(0);
            int last =
                    sequence.length() + sequence.start(i) + sequence.branches().get(i).length - 1;
            assertArrayEquals(
                    Arrays.copyOfRange(states, states.length - hidden, states.length),
                    Arrays.copyOfRange(branched, last * hidden, (last + 1) * hidden),
                    1e-5f);
        }
    }

    /** Read at its places, what is learnt spells the captions and answers. */
    public void testWhatIsLearntIsTheAnswer() throws Exception {
        model(
                model -> {
                    LessonMaker maker = new LessonMaker(model, plan(Source.CLIP, 3, 0));
                    WorldSamples samples = new WorldSamples(1, Split.TRAIN, 8, SIZE);
                    Lesson lesson = maker.lessons(7, 0).get(0);
                    long[] ids = lesson.sequence().joined().ids();
                    List<Long> spelled = new ArrayList<>();
                    for (Lesson.Next next : lesson.tokens()) {
                        boolean end = next.token() == model.endToken();
                        if (next.skill() != Skill.ONE_WORD) {
                            assertTrue(end || ids[next.place() + 1] == next.token());
                        }
                        if (next.skill() == Skill.CAPTION) {
                            spelled.add(next.token());
                        }
                    }
                    long endToken = model.endToken();
                    assertEquals(3, spelled.stream().filter(id -> id == endToken).count());
                    String text = model.text(spelled.stream().mapToLong(id -> id).toArray());
                    Subject subject = samples.subject(Source.CLIP, 7);
                    List<String> words = SummaryWords.of(subject, 5);
                    assertTrue(text, text.contains(words.get(1)));
                    List<Lesson.Next> any =
                            lesson.tokens().stream()
                                    .filter(next -> next.skill() == Skill.ONE_WORD)
                                    .toList();
                    assertEquals(
                            "all words at one place",
                            any.size() - 1,
                            any.stream().filter(n -> n.place() == any.get(0).place()).count());
                });
    }

    /** Twos in one wording; of a false text the tokens are learnt up to the first wrong one. */
    public void testMatches() throws Exception {
        model(
                model -> {
                    LessonMaker maker = new LessonMaker(model, plan(Source.CLIP, 0, 3));
                    Lesson lesson = maker.lessons(7, 10).get(0);
                    assertEquals(6, lesson.verdicts().size());
                    long[] ids = lesson.sequence().joined().ids();
                    for (int i = 0; i < 6; i++) {
                        Lesson.Verdict verdict = lesson.verdicts().get(i);
                        assertEquals(Difficulty.NEAR, verdict.difficulty());
                        assertEquals(i % 2 == 0, verdict.matches());
                        long answer = model.yesAndNo()[i % 2];
                        assertEquals(answer, ids[verdict.place() + 1]);
                    }
                    List<Lesson.Next> told =
                            lesson.tokens().stream()
                                    .filter(next -> next.skill() == Skill.TOLD)
                                    .toList();
                    long wrong =
                            told.stream()
                                    .filter(next -> ids[next.place() + 1] != next.token())
                                    .count();
                    assertTrue("one in each false text at most", wrong >= 1 && wrong <= 3);
                    Lesson first = maker.lessons(7, 0).get(0);
                    assertEquals(Difficulty.ATTRIBUTE, first.verdicts().get(0).difficulty());
                });
    }

    public void testBatchesDoNotDependOnWhatWasReadBefore() throws Exception {
        model(
                model -> {
                    LessonMaker maker = new LessonMaker(model, plan(Source.CLIP, 1, 1));
                    try (LessonQueue through = new LessonQueue(maker, 2, 1);
                            LessonQueue late = new LessonQueue(maker, 2, 1);
                            LessonQueue cut = new LessonQueue(maker, 2, 2)) {
                        through.batch(0);
                        LessonBatch second = through.batch(1).get(0);
                        LessonBatch again = late.batch(1).get(0);
                        assertEquals(List.of(2L, 3L), second.ids());
                        assertEquals(4, second.sequences().size());
                        for (Skill skill : Skill.values()) {
                            assertArrayEquals(
                                    second.tokens().get(skill).places(),
                                    again.tokens().get(skill).places());
                            assertArrayEquals(
                                    second.tokens().get(skill).tokens(),
                                    again.tokens().get(skill).tokens());
                        }
                        assertEquals(second.verdicts(), again.verdicts());
                        List<LessonBatch> parts = cut.batch(1);
                        assertEquals(2, parts.size());
                        for (Skill skill : Skill.values()) {
                            assertEquals(
                                    second.count(skill),
                                    parts.get(0).count(skill) + parts.get(1).count(skill));
                        }
                    }
                });
    }

    public void testShares() {
        assertEquals(
                Map.of(
                        Difficulty.ATTRIBUTE,
                        0.75,
                        Difficulty.EASY,
                        0.,
                        Difficulty.NEAR,
                        0.25,
                        Difficulty.PART,
                        0.),
                new Curriculum(
                                Map.of(Difficulty.ATTRIBUTE, 1.),
                                Map.of(Difficulty.ATTRIBUTE, 0.5, Difficulty.NEAR, 0.5),
                                8)
                        .at(4));
        SplittableRandom random = new SplittableRandom(1);
        int near = 0;
        for (int i = 0; i < 1000; i++) {
            near += Shares.draw(CURRICULUM.at(5), random) == Difficulty.NEAR ? 1 : 0;
        }
        assertTrue("[" + near + "]", near > 400 && near < 600);
    }

    public void testRecall() {
        List<float[]> queries = List.of(new float[] {1, 0}, new float[] {0, 2}, new float[] {1, 1});
        List<float[]> documents =
                List.of(new float[] {9, 1}, new float[] {-1, 5}, new float[] {1, -1});
        assertEquals(2 / 3., Recall.atOne(queries, documents), 1e-9);
    }

    public void testStylesAreAskedForApart() {
        assertEquals("Describe the image in detail.", CaptionRequest.of(Source.IMAGE, Style.DENSE));
    }
}
