package org.vidvec.world;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.elasticsearch.test.ESTestCase;

/** Texts are true or false of their scenes as they say, read by {@link SpokenTruth}. */
public class WorldTextsTests extends ESTestCase {

    private static final int SCENES = 3000;
    private static final FrameSize SIZE = new FrameSize(84, 84);

    private final WorldSamples samples = new WorldSamples(11, Split.TRAIN, 8, SIZE);

    public void testReaderKnowsTrueFromFalse() {
        Scene scene =
                new Scene(
                        new Background(Background.Paint.NAVY, Background.Pattern.GRID),
                        Camera.STEADY,
                        Arrangement.ROW,
                        List.of(
                                new Figure(
                                        Shape.STAR,
                                        Colour.RED,
                                        Size.LARGE,
                                        Texture.STRIPED,
                                        Motion.UP),
                                new Figure(
                                        Shape.CIRCLE,
                                        Colour.BLUE,
                                        Size.SMALL,
                                        Texture.PLAIN,
                                        Motion.LEFT)));
        for (String truth :
                List.of(
                        "a big stripy red star climbs while a disc drifts left",
                        "on a gridded navy background, a red star that moves up is left of a blue circle",
                        "right of a red star, a blue circle moves left",
                        "something rises",
                        "there is a blue figure",
                        "there is a gridded navy background",
                        "something rises against a navy background",
                        "there is a striped figure")) {
            assertTrue(truth, new SpokenTruth(truth).isTrueOf(scene));
        }
        for (String lie :
                List.of(
                        "a small red star",
                        "a red star sinks",
                        "a red star is right of a blue circle",
                        "left of a red star, a blue circle moves left",
                        "a red star passes a blue circle",
                        "a red star on a black background",
                        "a red star rises while a red star rises",
                        "something spins",
                        "there is a green figure",
                        "there is a plain navy background",
                        "a dotted figure rises")) {
            assertFalse(lie, new SpokenTruth(lie).isTrueOf(scene));
        }
        expectThrows(IllegalArgumentException.class, () -> new SpokenTruth("a dog barks"));
    }

    public void testCaptionsAreTrue() {
        Set<String> distinct = new HashSet<>();
        for (int i = 0; i < SCENES; i++) {
            Scene scene = scene(i);
            String caption = subject(i).caption(Style.SHORT, i);
            distinct.add(caption);
            SpokenTruth spoken = new SpokenTruth(caption);
            assertEquals(caption, scene.figures().size(), spoken.figures());
            assertTrue(scene.canonical() + ": " + caption, spoken.isTrueOf(scene));
        }
        assertTrue(distinct.size() + " of " + SCENES, distinct.size() > SCENES * 0.95);
    }

    public void testAnswersToMatchAreRight() {
        for (int i = 0; i < SCENES; i++) {
            for (Difficulty difficulty : Difficulty.values()) {
                Scene scene = scene(i);
                String truth = subject(i).truth(difficulty, i);
                assertTrue(
                        scene.canonical() + ": " + truth, new SpokenTruth(truth).isTrueOf(scene));
                String lie = subject(i).falsehood(difficulty, i);
                assertFalse(scene.canonical() + ": " + lie, new SpokenTruth(lie).isTrueOf(scene));
            }
        }
    }

    /** Every text says shapes and colours. */
    public void testNearNegativesAreAboutWhatIsAskedFor() {
        Set<String> shapes =
                Set.of(
                        "circle disc square box triangle star cross plus ring hoop diamond rhombus heart moon crescent"
                                .split(" "));
        Set<String> colours =
                Set.of(
                        "red orange yellow green cyan turquoise blue purple violet pink white"
                                .split(" "));
        for (int i = 0; i < SCENES; i++) {
            Subject subject = subject(i);
            String truth = subject.truth(Difficulty.NEAR, i);
            for (Topic topic : List.of(Topic.NAME, Topic.COLOUR)) {
                String lie = subject.falsehood(Difficulty.NEAR, i, Emphasis.on(Map.of(topic, 1.)));
                Set<String> words = topic == Topic.NAME ? shapes : colours;
                assertTrue(truth + " / " + lie, words.contains(replaced(truth, lie)));
                assertFalse(lie, new SpokenTruth(lie).isTrueOf(scene(i)));
            }
        }
    }

    /** Each thing that can be said is the one that is wrong in some of them. */
    public void testPartsAreShortAndWrongInOneWord() {
        Map<String, Integer> replaced = new TreeMap<>();
        for (int i = 0; i < SCENES; i++) {
            String truth = subject(i).truth(Difficulty.PART, i);
            String lie = subject(i).falsehood(Difficulty.PART, i);
            assertTrue(truth + " / " + lie, Negatives.differInOneWord(truth, lie));
            replaced.merge(replaced(truth, lie), 1, Integer::sum);
        }
        for (String word : List.of("navy", "gridded", "striped", "small", "rises", "red", "star")) {
            assertTrue(word + " in " + replaced, replaced.getOrDefault(word, 0) >= 5);
        }
    }

    /** Six of ten parts then say that the background is navy, where it is and where it is not. */
    public void testPartsAboutTheColoursThatAreAskedFor() {
        Emphasis navy = new Emphasis(Map.of(), List.of(Background.Paint.NAVY));
        int told = 0;
        for (int i = 0; i < SCENES; i++) {
            String truth = subject(i).truth(Difficulty.PART, i, navy);
            String lie = subject(i).falsehood(Difficulty.PART, i, navy);
            assertTrue(truth, new SpokenTruth(truth).isTrueOf(scene(i)));
            assertFalse(lie, new SpokenTruth(lie).isTrueOf(scene(i)));
            boolean there = scene(i).background().paint() == Background.Paint.NAVY;
            told += (there ? truth : lie).matches("there is a (\\w+ )?navy background") ? 1 : 0;
        }
        assertEquals(0.6 * SCENES, told, 0.1 * SCENES);
    }

    private static String replaced(String truth, String lie) {
        String[] words = truth.split("[ ,]+");
        String[] others = lie.split("[ ,]+");
        int at = 0;
        while (words[at].equals(others[at]) || words[at].matches("an?")) {
            at++;
        }
        return words[at];
    }

    public void testNearNegativesDifferInOneWordOfEveryKind() {
        Map<String, Integer> words = new TreeMap<>();
        for (int i = 0; i < SCENES; i++) {
            String[] truth = subject(i).truth(Difficulty.NEAR, i).split("[ ,]+");
            String[] lie = subject(i).falsehood(Difficulty.NEAR, i).split("[ ,]+");
            assertEquals(truth.length, lie.length);
            int different = 0;
            for (int w = 0; w < truth.length; w++) {
                boolean article = truth[w].matches("an?") && lie[w].matches("an?");
                if (truth[w].equals(lie[w]) == false && article == false) {
                    different++;
                    words.merge(truth[w], 1, Integer::sum);
                }
            }
            assertEquals(String.join(" ", lie), 1, different);
        }
        for (String word :
                List.of(
                        "small", "huge", "striped", "red", "orange", "star", "left", "up", "spins",
                        "rests", "above", "right", "hides", "passes", "orbits", "black",
                        "gridded")) {
            assertTrue(word + " in " + words, words.getOrDefault(word, 0) >= 2);
        }
    }

    /**
     * What nobody could deny is no negative: a spinning star "stays", what goes up-left goes up.
     */
    public void testWhatIsOpenIsNotDenied() {
        assertTrue(Motion.UP_LEFT.admits(Motion.UP));
        assertTrue(Motion.SPIN.admits(Motion.STILL));
        assertTrue(Motion.BOUNCE.admits(Motion.DOWN));
        assertTrue(Size.CHANGING.admits(Size.SMALL));
        assertFalse(Motion.UP.admits(Motion.UP_LEFT));
        assertFalse(Motion.LEFT.admits(Motion.RIGHT));
        assertFalse(Motion.STILL.admits(Motion.SPIN));
        Figure above = new Figure(Shape.STAR, Colour.RED, Size.SMALL, Texture.PLAIN, Motion.RIGHT);
        Figure below = new Figure(Shape.RING, Colour.BLUE, Size.SMALL, Texture.PLAIN, Motion.STILL);
        Background black = new Background(Background.Paint.BLACK, Background.Pattern.PLAIN);
        Scene scene = new Scene(black, Camera.STEADY, Arrangement.COLUMN, List.of(above, below));
        assertTrue("it goes past", Relation.PASSES.admitted(scene, 0, 1));
        assertFalse(Relation.PASSES.holds(scene, 0, 1));
        assertFalse(Relation.HIDES.admitted(scene, 0, 1));
        assertFalse(Relation.BELOW.admitted(scene, 0, 1));
    }

    public void testDenseCaptionsTellEverything() {
        for (int i = 0; i < 500; i++) {
            Scene scene = scene(i);
            String dense = subject(i).caption(Style.DENSE, i);
            int sentences = scene.figures().size() + 2;
            sentences += scene.arrangement().interplay() ? 1 : 0;
            assertEquals(dense, sentences, dense.split("\\. ?").length);
            assertTrue(dense, dense.contains(" " + lower(scene.background().paint())));
            for (Figure figure : scene.figures()) {
                assertTrue(
                        figure.canonical() + ": " + dense,
                        dense.toLowerCase(Locale.ROOT)
                                .matches(
                                        "(?s).*("
                                                + String.join("|", Lexicon.words(figure.colour()))
                                                + ") ("
                                                + String.join("|", Lexicon.words(figure.shape()))
                                                + ").*"));
            }
            String summary = subject(i).caption(Style.SUMMARY, i);
            assertTrue(summary + " / " + dense, summary.length() < dense.length() / 2);
        }
    }

    public void testQuestionsHaveTheAnswersOfTheScene() {
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            Scene scene = scene(i);
            for (Question question : subject(i).questions(i)) {
                String told = scene.canonical() + ": " + question;
                answers.add(question.answer());
                if (question.text().startsWith("how many figures")) {
                    int n = scene.figures().size();
                    assertEquals(
                            told, List.of("one", "two", "three").get(n - 1), question.answer());
                } else if (question.text().matches("what colour is the [a-z]+\\?")) {
                    String noun = question.text().replaceAll(".* the |\\?", "");
                    assertColour(told, scene, noun, question.answer());
                } else if (question.text().matches("is the .*")) {
                    boolean yes =
                            new SpokenTruth(
                                            question.text()
                                                    .replaceAll("^is the |\\?$", "a ")
                                                    .replaceAll(" the (?!left|right)", " a ")
                                                    .trim())
                                    .isTrueOf(scene);
                    assertEquals(told, yes ? "yes" : "no", question.answer());
                }
            }
        }
        assertTrue(
                answers.toString(),
                answers.containsAll(
                        Set.of(
                                "yes",
                                "no",
                                "red",
                                "star",
                                "spins",
                                "moves up and left",
                                "small",
                                "striped",
                                "black",
                                "pans left",
                                "checkered")));
    }

    private static void assertColour(String told, Scene scene, String noun, String answer) {
        if (noun.equals("background")) {
            assertEquals(told, lower(scene.background().paint()), answer);
        } else {
            assertTrue(told, new SpokenTruth("a " + answer + " " + noun).isTrueOf(scene));
        }
    }

    public void testPageTextsAreTrueAndFalse() {
        for (int i = 0; i < 500; i++) {
            Subject page = samples.subject(Source.PAGE, i);
            String dense = page.caption(Style.DENSE, 0);
            String truth = page.truth(Difficulty.NEAR, i);
            String lie = page.falsehood(Difficulty.NEAR, i);
            assertTrue(truth + " | " + lie, Negatives.differInOneWord(truth, lie));
            for (String word : truth.split(" ")) {
                if (word.matches("[0-9]+")) {
                    assertTrue(dense + truth, dense.matches(".*\\b" + word + "\\b.*"));
                }
            }
            for (Question question : page.questions(i)) {
                boolean counts = question.text().startsWith("how many");
                assertTrue(dense + question, counts || dense.contains(question.answer()));
            }
        }
    }

    private Scene scene(long i) {
        return ((SceneSubject) subject(i)).scene();
    }

    private Subject subject(long i) {
        return samples.subject(Source.CLIP, i);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
