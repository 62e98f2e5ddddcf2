package org.vidvec.metrics;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.datasets.Question;
import org.vidvec.datasets.Span;

/**
 * Measures against ranx, numpy and QVHighlights' definition, computed by {@code
 * src/test/metrics/make.py}.
 */
public class MeasureTests extends ESTestCase {

    private static final double EXACT = 1e-9;

    private static JsonObject reference() {
        return JsonParser.parseReader(
                        new InputStreamReader(
                                MeasureTests.class.getResourceAsStream("/metrics/measures.json"),
                                StandardCharsets.UTF_8))
                .getAsJsonObject();
    }

    public void testRankingsAreThoseOfRanx() {
        int compared = 0;
        for (JsonElement element : reference().getAsJsonArray("rankings")) {
            JsonObject set = element.getAsJsonObject();
            List<RankedGains> queries = new ArrayList<>();
            for (int i = 0; i < set.getAsJsonArray("scores").size(); i++) {
                double[] scores = numbers(set.getAsJsonArray("scores").get(i).getAsJsonArray());
                Map<Integer, Integer> relevant = new HashMap<>();
                set.getAsJsonArray("relevant")
                        .get(i)
                        .getAsJsonObject()
                        .asMap()
                        .forEach((k, v) -> relevant.put(Integer.valueOf(k), v.getAsInt()));
                queries.add(RankedGains.of(scores, relevant));
            }
            compared += compare(set.getAsJsonObject("expected"), RankSummary.of(queries));
        }
        assertTrue("only " + compared, compared > 60);
    }

    public void testMomentsAreThoseOfQvHighlights() {
        JsonObject moments = reference().getAsJsonObject("moments");
        List<MomentAnswer> queries = new ArrayList<>();
        for (JsonElement element : moments.getAsJsonArray("queries")) {
            JsonObject query = element.getAsJsonObject();
            List<MomentAnswer.Found> found = new ArrayList<>();
            for (JsonElement answer : query.getAsJsonArray("found")) {
                double[] n = numbers(answer.getAsJsonArray());
                found.add(new MomentAnswer.Found(new Span(n[0], n[1]), n[2]));
            }
            List<Span> wanted = new ArrayList<>();
            for (JsonElement span : query.getAsJsonArray("wanted")) {
                double[] n = numbers(span.getAsJsonArray());
                wanted.add(new Span(n[0], n[1]));
            }
            queries.add(new MomentAnswer(found, wanted));
        }
        assertEquals(15, compare(moments.getAsJsonObject("expected"), MomentScores.of(queries)));
    }

    private static int compare(JsonObject expected, Map<String, Double> measures) {
        expected.asMap()
                .forEach(
                        (name, value) -> {
                            assertTrue(name, measures.containsKey(name));
                            assertEquals(name, value.getAsDouble(), measures.get(name), EXACT);
                        });
        return expected.size();
    }

    private static double[] numbers(JsonArray json) {
        return json.asList().stream().mapToDouble(JsonElement::getAsDouble).toArray();
    }

    /** A model that tells nothing apart must not look like a perfect one. */
    public void testEqualScoresCountAgainstTheModel() {
        RankedGains query = RankedGains.of(new double[] {0.5, 0.5, 0.5}, Map.of(0, 1));
        assertEquals(3, query.firstRelevant());
        RankedGains nan = RankedGains.of(new double[] {Double.NaN, -1, -2}, Map.of(0, 1));
        assertEquals(3, nan.firstRelevant());
    }

    /** MSVD: any caption of a video counts. */
    public void testTheBestOfSeveralRelevantOnesCounts() {
        double[] scores = {0.1, 0.9, 0.3, 0.2};
        RankedGains query = RankedGains.of(scores, Map.of(0, 1, 2, 1, 3, 1));
        assertEquals(2, query.firstRelevant());
        assertEquals(0, query.hit(1), 0);
        assertEquals(1, query.hit(5), 0);
        assertEquals(2 / 3., query.recall(3), EXACT);
    }

    public void testNoAnswerIsAWrongAnswer() {
        MomentAnswer silent = new MomentAnswer(List.of(), List.of(new Span(1, 2)));
        assertEquals(0, silent.bestIou(), 0);
        assertEquals(0, silent.averagePrecision(0.5, 10), 0);
    }

    public void testWhatCannotBeScoredIsRefused() {
        expectThrows(
                IllegalArgumentException.class, () -> RankedGains.of(new double[] {1}, Map.of()));
        expectThrows(IllegalArgumentException.class, () -> RankSummary.of(List.of()));
        expectThrows(IllegalArgumentException.class, () -> new MomentAnswer(List.of(), List.of()));
        expectThrows(IllegalArgumentException.class, () -> new Span(3, 2));
    }

    public void testAnswersAreComparedByTheirWords() {
        assertTrue(Answers.isRight(" Two  dogs.", List.of("a cat", "two dogs")));
        assertFalse(Answers.isRight("two dog", List.of("two dogs")));
    }

    private static boolean isRight(String answer, String right, String... options) {
        return Answers.isRight(
                answer, new Question("1", "m", "q?", List.of(right), List.of(options)));
    }

    public void testAnOptionIsNamedByItsLetter() {
        String[] plain = {"a cat", "a dog", "A"};
        for (String said :
                List.of("B", "b", "(B)", "B.", "B)", "a dog", "(B) a dog", "B. A dog.")) {
            assertTrue(said, isRight(said, "a dog", plain));
        }
        for (String said : List.of("C", "(A)", "D", "", "a", "B. a cat", "a dog or a cat", "()")) {
            assertFalse(said, isRight(said, "a dog", plain));
        }
        assertTrue("an option's text comes before a letter", isRight("A", "A", plain));
        assertFalse("a letter that is no text", isRight("A", "a cat", plain));
        // the set's answer is a letter
        assertTrue(isRight("a dog", "B", "a cat", "a dog"));
        assertTrue(isRight("(B)", "B", "a cat", "a dog"));
        assertFalse(isRight("a cat", "B", "a cat", "a dog"));
        // letters of the set's own, in another order
        String[] own = {"(B) a dog", "(A) a cat"};
        assertTrue(isRight("B", "(B) a dog", own));
        assertTrue(isRight("a dog", "B", own));
        assertFalse(isRight("A", "(B) a dog", own));
        assertEquals(List.of(own), new Choices(List.of(own)).lines());
        assertEquals(
                List.of("(A) a cat", "(B) a dog", "(C) A"), new Choices(List.of(plain)).lines());
        assertFalse("no options, no letters", isRight("A", "a cat"));
    }
}
