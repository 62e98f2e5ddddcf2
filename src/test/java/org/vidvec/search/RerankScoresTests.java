package org.vidvec.search;

import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.ScoreDoc;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.rank.feature.RankFeatureDoc;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.threadpool.TestThreadPool;
import org.junit.After;
import org.junit.Before;
import org.vidvec.action.CalibrationSpec;
import org.vidvec.action.InputSpec;
import org.vidvec.action.MatchAction;
import org.vidvec.action.RerankMode;

/** The window of a retriever, judged by the model of {@link RescorerTestCase}. */
public class RerankScoresTests extends ESTestCase {

    private final WindowNotes notes = new WindowNotes();
    private TestThreadPool threads;
    private AnsweringClient client;
    private Function<MatchAction.Request, MatchAction.Response> model = RescorerTestCase::judge;

    @Before
    public void startThreads() {
        threads = new TestThreadPool(getTestName());
        client = new AnsweringClient(threads, r -> model.apply((MatchAction.Request) r));
    }

    @After
    public void stopThreads() {
        terminate(threads);
    }

    private static StoredMedia.Found frames(String pYes) {
        return new StoredMedia.Found(
                "i/" + pYes, new InputSpec.Frames("i/" + pYes, new BytesArray(pYes)), null, 8);
    }

    private static StoredMedia.Found without() {
        return new StoredMedia.Found("i/bare", null, "[i/bare] has no frames", -1);
    }

    private float[] scores(boolean allowFailures, StoredMedia.Found... hits) throws IOException {
        return scores(RerankMode.POINTWISE, allowFailures, hits);
    }

    private float[] scores(RerankMode mode, boolean allowFailures, StoredMedia.Found... hits)
            throws IOException {
        RescoreSpec spec =
                new RescoreSpec(
                                "m",
                                List.of(QueryItem.of(new InputSpec.Text("a dog"))),
                                "vidvec",
                                InputSpec.Type.VIDEO,
                                CalibrationSpec.NONE,
                                ScoreBlend.DEFAULT,
                                TimeValue.timeValueSeconds(30),
                                new Keeping(null, allowFailures))
                        .with(mode);
        RankFeatureDoc[] docs = new RankFeatureDoc[hits.length];
        for (int i = 0; i < docs.length; i++) {
            docs[i] = new RankFeatureDoc(i, Float.NaN, 0);
            docs[i].featureData(List.of(hits[i].encode()));
        }
        PlainActionFuture<float[]> future = new PlainActionFuture<>();
        new RerankScores(
                        new RerankScores.Page(10, 0, 10),
                        spec,
                        RescorerTestCase.FINGERPRINT,
                        notes,
                        client)
                .computeScores(docs, future);
        return future.actionGet();
    }

    public void testListwiseAsksForAllInOnePrompt() throws IOException {
        scores(RerankMode.LISTWISE, false, frames("0.2"), frames("0.9"));
        assertTrue(((MatchAction.Request) client.requests().get(0)).isTogether());
        scores(false, frames("0.2"), frames("0.9"));
        assertFalse(((MatchAction.Request) client.requests().get(1)).isTogether());
    }

    public void testAllAreJudgedInOneRequest() throws IOException {
        float[] scores = scores(false, frames("0.2"), frames("0.9"), frames("0.5"));
        assertArrayEquals(new float[] {0.2f, 0.9f, 0.5f}, scores, 1e-6f);
        assertEquals(1, client.requests().size());
        assertEquals(3, ((MatchAction.Request) client.requests().get(0)).candidates().size());
    }

    /** The model's logits are those of P(Yes): log p - log(1 - p) apart. */
    public void testHowAHitWasJudgedIsTold() throws IOException {
        scores(true, frames("0.2"), frames("0.9"), without());
        Explanation second = notes.told(new ScoreDoc(1, 0.9f, 0));
        assertEquals(0.9f, second.getValue().floatValue(), 1e-6f);
        String all = second.toString();
        assertThat(all, containsString("with fingerprint [" + RescorerTestCase.FINGERPRINT));
        assertThat(all, containsString("frames judged"));
        assertThat(all, containsString("milliseconds to judge the window of [3] hits"));
        Explanation head = second.getDetails()[1];
        double apart =
                head.getDetails()[0].getValue().doubleValue()
                        - head.getDetails()[1].getValue().doubleValue();
        assertEquals(Math.log(9), apart, 1e-5);
        assertThat(
                notes.told(new ScoreDoc(2, 0, 0)).getDescription(),
                containsString("[i/bare] has no frames"));
        assertNull("of another shard", notes.told(new ScoreDoc(1, 0.9f, 1)));
        scores(RerankMode.LISTWISE, false, frames("0.2"), frames("0.9"));
        assertThat(
                notes.told(new ScoreDoc(1, 0.9f, 0)).getDetails()[1].getDescription(),
                containsString("softmax over their letters"));
    }

    public void testAHitWithoutFramesFailsUnlessAllowed() throws IOException {
        Exception e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> scores(false, frames("0.2"), without()));
        assertEquals("[i/bare] has no frames", e.getMessage());
        float[] scores = scores(true, without(), frames("0.0000000001"));
        assertFalse(RerankScores.isJudged(scores[0]));
        assertTrue("however small", RerankScores.isJudged(scores[1]));
    }

    public void testAnAbsentModelFailsUnlessAllowed() throws IOException {
        model =
                request -> {
                    throw new ElasticsearchStatusException(
                            "no inference node", RestStatus.SERVICE_UNAVAILABLE);
                };
        Exception e =
                expectThrows(
                        ElasticsearchStatusException.class, () -> scores(false, frames("0.2")));
        assertEquals(RestStatus.SERVICE_UNAVAILABLE, ExceptionsHelper.status(e));
        for (float score : scores(true, frames("0.2"), frames("0.3"))) {
            assertFalse(RerankScores.isJudged(score));
        }
    }

    public void testWhatIsFoundTravelsAsAText() throws IOException {
        for (StoredMedia.Found found : List.of(frames("0.25"), without())) {
            assertEquals(found, StoredMedia.Found.decode(found.encode()));
        }
        expectThrows(Exception.class, () -> StoredMedia.Found.decode("AAAA"));
    }

    public void testAHitThatTheModelRefusesIsNamed() {
        Exception e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> scores(false, frames("broken"), frames("0.3")));
        assertThat(e.getMessage(), containsString("[i/broken] can't be judged"));
    }
}
