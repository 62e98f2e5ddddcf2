package org.vidvec.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.elasticsearch.test.ESTestCase;

public class LetterRankerTests extends ESTestCase {

    private static final List<Content> QUERY = List.of(new Content.Text("a dog catches a frisbee"));

    private static List<Content> candidates() {
        List<Content> candidates = new ArrayList<>();
        candidates.add(
                TestModels.video(
                        List.of(
                                EmbedderTestCase.frame(60, 80, 3),
                                EmbedderTestCase.frame(60, 80, 120))));
        candidates.add(new Content.Image(EmbedderTestCase.frame(90, 90, 30)));
        candidates.add(TestModels.video(List.of(EmbedderTestCase.frame(100, 60, 77))));
        return candidates;
    }

    public void testRank() throws Exception {
        Path models = createTempDir();
        TestModels.copy(models, "b", "qwen2_vl_b", "{\"dtype\": \"float32\"}");
        try (LoadedModel model = TestModels.repository(models).load("b")) {
            List<MatchScore> scores = model.ranker().rank(QUERY, candidates());
            assertEquals(3, scores.size());
            double sum = scores.stream().mapToDouble(MatchScore::pYes).sum();
            assertEquals("parts of one softmax", 1, sum, 1e-9);
            checkThatOrderMatters(model, scores);
            assertEquals(1, rank(model, candidates().subList(0, 1)).get(0).pYes(), 0);
            assertEquals(List.of(), rank(model, List.of()));
            ModelException e =
                    expectThrows(
                            ModelException.class,
                            () -> rank(model, Collections.nCopies(27, candidates().get(1))));
            assertEquals(ModelException.Kind.INPUT, e.kind());
            assertEquals(
                    "[27] candidates of [mode] [listwise] are more than the [26] letters that name"
                            + " them; compare fewer, by [rank_window_size] of a search or in"
                            + " [input] of a rerank, or set [mode] to [pointwise]",
                    e.getMessage());
        }
    }

    private static List<MatchScore> rank(LoadedModel model, List<Content> candidates)
            throws ModelException {
        return model.ranker().rank(QUERY, candidates);
    }

    /** The same words in another order of pictures are another prompt. */
    private static void checkThatOrderMatters(LoadedModel model, List<MatchScore> scores)
            throws ModelException {
        List<Content> other = candidates();
        Collections.swap(other, 0, 2);
        List<MatchScore> swapped = rank(model, other);
        assertNotEquals(scores.get(0).yesLogit(), swapped.get(0).yesLogit(), 1e-6);
        assertEquals(
                "counted as it is read",
                model.ranker().countTokens(QUERY, candidates()),
                model.ranker().countTokens(QUERY, other));
    }
}
