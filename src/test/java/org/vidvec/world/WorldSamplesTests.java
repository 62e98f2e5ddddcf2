package org.vidvec.world;

import static org.hamcrest.Matchers.containsString;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.elasticsearch.test.ESTestCase;

public class WorldSamplesTests extends ESTestCase {

    private static final FrameSize SIZE = new FrameSize(84, 84);

    /**
     * The world of seed 7, on every machine: a change here makes all trained models' figures old.
     */
    private static final String PINNED =
            "c1ffa517e22d19cae0798daba374ab510be4cd04201e93868980f122c30279e4";

    public void testPinned() throws Exception {
        WorldSamples samples = new WorldSamples(7, Split.TRAIN, 8, SIZE);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int i = 0; i < 20; i++) {
            for (Source source : Source.values()) {
                digest.update(text(samples.pair(source, 1, i)));
                digest.update(samples.pair(source, 0, i).frames().rgb());
                Question asked = samples.ask(source, i).question();
                digest.update(text(asked.text() + asked.answer()));
                for (Difficulty difficulty : Difficulty.values()) {
                    digest.update(text(samples.match(source, difficulty, i).text()));
                }
            }
            digest.update(text(samples.texts(i)));
            digest.update(samples.composed(i).target().rgb());
            digest.update(samples.moment(i).video().rgb());
        }
        assertEquals(PINNED, HexFormat.of().formatHex(digest.digest()));
    }

    private static byte[] text(Object o) {
        String text = o instanceof Sample.Pair pair ? pair.text() + pair.negatives() : o.toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** From any place, in any order, in any number of threads. */
    public void testSamplesDependOnTheirNumberAlone() throws Exception {
        WorldSamples samples = new WorldSamples(7, Split.TRAIN, 4, SIZE);
        List<Long> hashes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            hashes.add(hash(samples, i));
        }
        assertEquals("all different", 40, new HashSet<>(hashes).size());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Long>> futures = new ArrayList<>();
            for (int i = 39; i >= 0; i--) {
                long place = i;
                futures.add(threads.submit(() -> hash(samples, place)));
            }
            for (int i = 39; i >= 0; i--) {
                assertEquals(hashes.get(i), futures.get(39 - i).get());
            }
        } finally {
            terminate(threads);
        }
        assertNotEquals(hashes.get(0), (Long) hash(new WorldSamples(8, Split.TRAIN, 4, SIZE), 0));
        assertNotEquals(hashes.get(0), (Long) hash(new WorldSamples(7, Split.TEST, 4, SIZE), 0));
    }

    public void testBeginnersSeeOneFigure() {
        WorldSamples samples = new WorldSamples(7, Split.TRAIN, 4, SIZE);
        for (Source source : List.of(Source.CLIP, Source.IMAGE)) {
            Set<String> shown = new HashSet<>();
            for (int i = 0; i < 40; i++) {
                SceneSubject subject = (SceneSubject) samples.alone(source, i);
                assertEquals(1, subject.scene().figures().size());
                shown.add(subject.canonical());
            }
            assertTrue(source + ": " + shown.size(), shown.size() > 35);
        }
    }

    public void testSeveralAreTwoOrThree() {
        WorldSamples samples = new WorldSamples(7, Split.TRAIN, 4, SIZE);
        for (Source source : List.of(Source.CLIP, Source.IMAGE)) {
            Set<Integer> numbers = new HashSet<>();
            for (int i = 0; i < 40; i++) {
                SceneSubject subject = (SceneSubject) samples.several(source, i);
                numbers.add(subject.scene().figures().size());
            }
            assertEquals(Set.of(2, 3), numbers);
        }
        IllegalArgumentException refused =
                expectThrows(IllegalArgumentException.class, () -> samples.several(Source.PAGE, 0));
        assertThat(refused.getMessage(), containsString("PAGE"));
    }

    public void testOtherChangesAreOthers() {
        WorldSamples samples = new WorldSamples(7, Split.TRAIN, 4, SIZE);
        for (int i = 0; i < 30; i++) {
            Composition drawn = samples.composition(i);
            Set<String> shown = new HashSet<>();
            shown.add(drawn.source().canonical());
            shown.add(drawn.target().canonical());
            for (Subject other : samples.otherChanges(i, 3)) {
                shown.add(other.canonical());
            }
            assertEquals("source, target, three others: " + shown, 5, shown.size());
        }
    }

    private static long hash(WorldSamples samples, long i) {
        Sample.Moment moment = samples.moment(i);
        Sample.Pair pair = samples.pair(Source.CLIP, 2, i);
        return Arrays.hashCode(moment.positive().frames().rgb())
                + 31L * Arrays.hashCode(pair.frames().rgb())
                + Dice.hash(moment.text() + pair.text() + pair.negatives());
    }

    public void testSplitsShareNoDescription() {
        Map<String, Split> seen = new HashMap<>();
        for (Split split : Split.values()) {
            WorldSamples samples = new WorldSamples(1, split, 2, new FrameSize(16, 16));
            SceneSampler sampler = new SceneSampler(split);
            for (int i = 0; i < 3000; i++) {
                Scene scene = ((SceneSubject) samples.subject(Source.CLIP, i)).scene();
                own(seen, scene.content(), split);
                own(seen, samples.subject(Source.PAGE, i).canonical(), split);
                if (i < 300) {
                    SceneSubject image = (SceneSubject) samples.subject(Source.IMAGE, i);
                    own(seen, image.scene().content(), split);
                    StorySubject story = (StorySubject) samples.subject(Source.STORY, i);
                    story.story().events().forEach(e -> own(seen, e.scene().content(), split));
                    Changes.Change change = Changes.of(scene, sampler, new Wording(i), Dice.of(i));
                    if (change != null) {
                        own(seen, change.target().content(), split);
                    }
                }
            }
        }
        assertTrue(seen.size() + "", seen.size() > 10_000);
        assertEquals(Set.of(Split.values()), new HashSet<>(seen.values()));
    }

    private static void own(Map<String, Split> seen, String content, Split split) {
        Split other = seen.putIfAbsent(content, split);
        assertTrue(content + " is in " + other + " and " + split, other == null || other == split);
    }

    public void testSplitsHaveTheirShares() {
        Map<Split, Integer> counts = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            counts.merge(Split.of("scene " + i), 1, Integer::sum);
        }
        assertEquals(18_000, counts.get(Split.TRAIN), 200);
        assertEquals(1_000, counts.get(Split.VALIDATION), 120);
        assertEquals(1_000, counts.get(Split.TEST), 120);
    }

    /** In whichever words: a caption is true of its clip and of no other. */
    public void testRetrievalSetHasOneAnswerEach() {
        List<Subject> clips = new RetrievalSet(2, Split.TEST, 250).clips();
        assertEquals(250, clips.stream().map(Subject::canonical).distinct().count());
        for (int i = 0; i < clips.size(); i++) {
            assertEquals(Split.TEST, Split.of(scene(clips.get(i)).content()));
            for (int wording = 0; wording < 3; wording++) {
                String caption = clips.get(i).caption(Style.SHORT, wording);
                SpokenTruth spoken = new SpokenTruth(caption);
                for (int j = 0; j < clips.size(); j++) {
                    assertEquals(
                            caption + " of " + clips.get(j).canonical(),
                            i == j,
                            spoken.isTrueOf(scene(clips.get(j))));
                }
            }
        }
    }

    /** A search for more than there is ends. */
    public void testThereAreOnlySoManyToDrawFrom() {
        Subject only = new RetrievalSet(2, Split.TEST, 1).clips().get(0);
        RetrievalSet.TooManyException e =
                expectThrows(
                        RetrievalSet.TooManyException.class,
                        () ->
                                RetrievalSet.draw(
                                        3,
                                        "TEST clips",
                                        new ArrayList<>(),
                                        i -> i % 900 == 0 && i < 1000 ? only : null));
        assertEquals(
                "[3] test clips are too many: no more than [2] were found that their captions"
                        + " tell apart; ask for fewer",
                e.getMessage());
    }

    /**
     * The same of pages; the first hundreds of a plain stream have captions that are true of two.
     */
    public void testRetrievalSetHasOnePageForEachCaption() {
        List<Subject> pages = new RetrievalSet(2, Split.TEST, 0, 0, 300).pages();
        assertEquals(300, pages.stream().map(Subject::canonical).distinct().count());
        assertEquals(List.of(), ambiguous(pages));
        List<Subject> plain = new ArrayList<>();
        WorldSamples samples = new WorldSamples(2, Split.TEST, 1, SIZE);
        for (int i = 0; i < 300; i++) {
            plain.add(samples.subject(Source.PAGE, i));
        }
        assertNotEquals(List.of(), ambiguous(plain));
    }

    /** Captions that are true of a page that they are not of. */
    private static List<String> ambiguous(List<Subject> pages) {
        List<String> ambiguous = new ArrayList<>();
        for (Subject page : pages) {
            for (int wording = 0; wording < 3; wording++) {
                String caption = page.caption(Style.SHORT, wording);
                assertTrue(caption, SpokenPage.isTrue(caption, page.caption(Style.DENSE, 0)));
                for (Subject other : pages) {
                    String dense = other.caption(Style.DENSE, 0);
                    if (other != page && SpokenPage.isTrue(caption, dense)) {
                        ambiguous.add(caption + " of " + dense);
                    }
                }
            }
        }
        return ambiguous;
    }

    private static Scene scene(Subject subject) {
        return ((SceneSubject) subject).scene();
    }

    /** A change says what is different, and nothing else is. */
    public void testChanges() {
        SceneSampler sampler = new SceneSampler(Split.TRAIN);
        Set<String> kinds = new HashSet<>();
        for (int i = 0; i < 2000; i++) {
            Dice dice = Dice.of(9, i);
            Scene source = sampler.scene(dice);
            Changes.Change change = Changes.of(source, sampler, new Wording(i), dice);
            if (change == null) {
                continue;
            }
            Scene target = change.target();
            String told = source.canonical() + " -> " + change.text() + " -> " + target.canonical();
            if (target.figures().size() < source.figures().size()) {
                kinds.add("without");
                assertTrue(
                        told, change.text().matches("(the same without|without|take away) the .*"));
                assertTrue(told, source.figures().containsAll(target.figures()));
            } else if (target.background().equals(source.background()) == false) {
                kinds.add("background");
                String paint = target.background().paint().name().toLowerCase(Locale.ROOT);
                assertTrue(told, change.text().contains(" " + paint + " background"));
                assertEquals(told, source.figures(), target.figures());
            } else {
                kinds.add(figureChange(told, source, target, change.text()));
            }
        }
        assertEquals(
                Set.of("without", "background", "shape", "colour", "size", "texture", "motion"),
                kinds);
    }

    private static String figureChange(String told, Scene source, Scene target, String text) {
        List<String> kinds = new ArrayList<>();
        for (int i = 0; i < source.figures().size(); i++) {
            Figure a = source.figures().get(i);
            Figure b = target.figures().get(i);
            if (a.shape() != b.shape()) {
                kinds.add("shape");
                assertSays(told, text, Lexicon.words(b.shape()));
            }
            if (a.colour() != b.colour()) {
                kinds.add("colour");
                assertSays(told, text, Lexicon.words(b.colour()));
            }
            if (a.size() != b.size()) {
                kinds.add("size");
                assertSays(told, text, Lexicon.words(b.size()));
            }
            if (a.texture() != b.texture()) {
                kinds.add("texture");
                assertSays(told, text, Lexicon.words(b.texture()));
            }
            if (a.motion() != b.motion()) {
                kinds.add("motion");
            }
        }
        assertEquals(told, 1, kinds.size());
        return kinds.get(0);
    }

    private static void assertSays(String told, String text, List<String> words) {
        assertTrue(told, words.stream().anyMatch(w -> text.matches(".*\\b" + w + "\\b.*")));
    }
}
