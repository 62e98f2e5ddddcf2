package org.vidvec.model;

import java.util.List;
import org.elasticsearch.test.ESTestCase;

/** What every matcher keeps. */
public abstract class MatcherTestCase extends ESTestCase {

    /** The matcher under test; not closed here. */
    protected abstract Matcher matcher() throws Exception;

    private static final List<Content> QUERY = List.of(new Content.Text("a dog catches a frisbee"));

    public void testProbabilities() throws Exception {
        for (MatchScore score : matcher().match(QUERY, candidates())) {
            assertTrue(score + "", score.pYes() >= 0 && score.pYes() <= 1);
            assertTrue(score + "", Double.isFinite(score.yesLogit() - score.noLogit()));
        }
    }

    public void testAloneEqualsInBatchAndKeepsItsPlace() throws Exception {
        List<Content> candidates = candidates();
        List<MatchScore> together = matcher().match(QUERY, candidates);
        assertEquals(candidates.size(), together.size());
        for (int i = 0; i < candidates.size(); i++) {
            MatchScore alone = matcher().match(QUERY, List.of(candidates.get(i))).get(0);
            assertEquals(alone.pYes(), together.get(i).pYes(), 1e-4);
        }
    }

    public void testTheQueryMatters() throws Exception {
        List<Content> one = candidates().subList(0, 1);
        List<Content> other = List.of(new Content.Text("a train leaves the station"));
        assertNotEquals(
                matcher().match(QUERY, one).get(0).yesLogit(),
                matcher().match(other, one).get(0).yesLogit(),
                1e-6);
    }

    public void testQueriesOfPictures() throws Exception {
        List<Content> query = List.of(candidates().get(2), new Content.Text("at night"));
        assertEquals(candidates().size(), matcher().match(query, candidates()).size());
    }

    public void testNoCandidatesNoScores() throws Exception {
        assertEquals(List.of(), matcher().match(QUERY, List.of()));
    }

    private static List<Content> candidates() {
        return List.of(
                TestModels.video(
                        List.of(
                                EmbedderTestCase.frame(60, 80, 3),
                                EmbedderTestCase.frame(60, 80, 120),
                                EmbedderTestCase.frame(60, 80, 200))),
                TestModels.video(List.of(EmbedderTestCase.frame(100, 60, 77))),
                new Content.Image(EmbedderTestCase.frame(90, 90, 30)));
    }
}
