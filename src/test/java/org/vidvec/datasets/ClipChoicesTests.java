package org.vidvec.datasets;

import java.util.List;
import org.elasticsearch.test.ESTestCase;

/** Clips beside moments (VLM2Vec-V2, App. A.3.2). */
public class ClipChoicesTests extends ESTestCase {

    private static final double UNKNOWN = Double.NaN;

    private static Moment moment(String id, double seconds, Span... spans) {
        return new Moment(id, "v", "a text", List.of(spans), seconds);
    }

    private static List<ClipChoices> choices(double most, long seed, Moment... moments) {
        Medium video = new Medium("v", Medium.Kind.VIDEO, null, null);
        LabelledSet set =
                new LabelledSet(
                        "s",
                        "p",
                        List.of(video),
                        List.of(),
                        List.of(moments),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
        return ClipChoices.of(set, most, seed);
    }

    public void testNineOthersThatHardlyOverlap() {
        Moment two = moment("m", 150, new Span(10, 30), new Span(100, 116));
        for (long seed = 1; seed <= 20; seed++) {
            ClipChoices found = choices(1, seed, two).get(0);
            assertEquals(two.spans(), found.right());
            assertEquals(9, found.wrong().size());
            assertEquals(9, found.wrong().stream().distinct().count());
            for (Span clip : found.wrong()) {
                assertTrue(clip + "", clip.start() >= 0 && clip.end() <= 150 + 1e-9);
                assertEquals("as long as the shortest", 16, clip.seconds(), 1e-9);
                for (Span right : two.spans()) {
                    double shared =
                            Math.min(clip.end(), right.end())
                                    - Math.max(clip.start(), right.start());
                    double all = clip.seconds() + right.seconds() - Math.max(0, shared);
                    assertTrue(clip + " and " + right, shared / all < 0.2);
                }
            }
        }
    }

    public void testTheSeedDraws() {
        Moment one = moment("m", 150, new Span(10, 20));
        assertEquals(choices(1, 7, one), choices(1, 7, one));
        assertNotEquals(choices(1, 7, one), choices(1, 8, one));
        Moment before = moment("other", 150, new Span(50, 60));
        assertEquals(
                "others of the set change nothing",
                choices(1, 7, one).get(0),
                choices(1, 7, before, one).get(1));
    }

    /** M-22: of Charades-STA segments under one third of the video. */
    public void testWhatIsTooLongOrAlone() {
        Moment third = moment("third", 30, new Span(0, 10));
        Moment shorter = moment("shorter", 30, new Span(0, 9.9));
        assertEquals(
                List.of("shorter"),
                choices(1 / 3., 1, third, shorter).stream().map(c -> c.moment().id()).toList());
        assertEquals(List.of(), choices(1, 1, moment("all", 30, new Span(0, 30))));
        assertEquals(
                "nothing else fits", List.of(), choices(1, 1, moment("m", 30, new Span(4, 29))));
    }

    /** A set that does not tell lengths: as far as its moments reach. */
    public void testUnknownLengths() {
        Moment first = moment("a", UNKNOWN, new Span(0, 2));
        Moment last = moment("b", UNKNOWN, new Span(18, 20));
        for (Span clip : choices(1, 1, first, last).get(0).wrong()) {
            assertTrue(clip + "", clip.start() >= 1 && clip.end() <= 20 + 1e-9);
        }
        assertEquals(List.of(), choices(1, 1, first));
    }
}
