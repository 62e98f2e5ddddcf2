package org.vidvec.search;

import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.TopDocs;
import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.tasks.TaskCancelledException;
import org.elasticsearch.xcontent.XContentBuilder;
import org.vidvec.action.InputSpec;
import org.vidvec.action.MatchAction;
import org.vidvec.action.ModelsAnswers;

public class VidvecRescorerTests extends RescorerTestCase {

    // what hits that were not judged are scaled by, see ScoreBlend
    private static final double UNJUDGED = 1e-6;

    private MatchAction.Request onlyRequest() {
        assertEquals("one request for all hits", 1, client.requests().size());
        return (MatchAction.Request) client.requests().get(0);
    }

    public void testOrdersByPYesOverSeveralSegments() throws IOException {
        withShard(
                createMapperService(videos()),
                fiveDocs(),
                shard -> {
                    VidvecRescoreContext context = shard.context();
                    TopDocs hits = shard.rescore(context, 4, 2, 0, 3, 1);
                    assertArrayEquals(new int[] {1, 3, 2, 4, 0}, docs(hits));
                    assertScores(hits, 0.9, 0.7, 0.5, 0.3, 0.1);
                    assertEquals(5, hits.totalHits.value());
                    assertEquals(Set.of(0, 1, 2, 3, 4), context.getRescoredDocs());
                });
        List<String> names =
                onlyRequest().candidates().stream()
                        .map(candidate -> ((InputSpec.Frames) candidate).name())
                        .toList();
        assertEquals("read in the order of doc ids", 5, names.size());
        assertEquals("index/0/vidvec.frames", names.get(0));
        assertEquals("index/4/vidvec.frames", names.get(4));
        assertEquals(List.of(new InputSpec.Text("a dog")), onlyRequest().query());
        assertTrue(onlyRequest().timeout().millis() <= 30_000);
    }

    public void testSyntheticSource() throws IOException {
        withShard(
                createSytheticSourceMapperService(videos()),
                fiveDocs(),
                shard -> {
                    TopDocs hits = shard.rescore(shard.context(), 4, 2, 0, 3, 1);
                    assertScores(hits, 0.9, 0.7, 0.5, 0.3, 0.1);
                });
    }

    public void testHitsBeyondTheWindowAreDropped() throws IOException {
        windowSize = 2;
        withShard(
                createMapperService(videos()),
                fiveDocs(),
                shard -> {
                    TopDocs hits = shard.rescore(shard.context(), 4, 2, 0, 3, 1);
                    assertArrayEquals(new int[] {2, 4}, docs(hits));
                    assertEquals(5, hits.totalHits.value());
                });
        assertEquals(2, onlyRequest().candidates().size());
    }

    public void testBlendsWithTheFirstScore() throws IOException {
        blend = new ScoreBlend(ScoreMode.TOTAL, 0.1f, 2);
        withShard(
                createMapperService(videos()),
                fiveDocs(),
                shard -> {
                    // first scores 10 and 9
                    TopDocs hits = shard.rescore(shard.context(), 0, 1);
                    assertArrayEquals(new int[] {1, 0}, docs(hits));
                    assertScores(hits, 0.9 + 2 * 0.9, 1 + 2 * 0.1);
                });
    }

    public void testEqualJudgementsKeepTheFirstOrder() throws IOException {
        List<List<Doc>> equal =
                List.of(List.of(frames("0.5"), frames("0.5")), List.of(frames("0.5")));
        withShard(
                createMapperService(videos()),
                equal,
                shard ->
                        assertArrayEquals(
                                new int[] {2, 0, 1},
                                docs(shard.rescore(shard.context(), 2, 0, 1))));
    }

    public void testNoHitsAskNothing() throws IOException {
        withShard(
                createMapperService(videos()),
                fiveDocs(),
                shard -> assertEquals(0, shard.rescore(shard.context()).scoreDocs.length));
        assertEquals(List.of(), client.requests());
    }

    public void testMissingFramesAreNamedWithTheWayOut() throws IOException {
        withShard(
                createMapperService(videos()),
                List.of(List.of(frames("0.5")), List.of(withoutFrames())),
                shard -> {
                    Exception e =
                            expectThrows(
                                    IllegalArgumentException.class,
                                    () -> shard.rescore(shard.context(), 0, 1));
                    assertEquals(
                            "[index/1/vidvec] has no [vidvec.frames] to judge; ingest it with"
                                    + " [frames] among the processor's [properties] and keep that"
                                    + " field in [_source], name the field with the original as"
                                    + " [field], or set [allow_rerank_failures]",
                            e.getMessage());
                });
        assertEquals("nothing is asked in vain", List.of(), client.requests());
    }

    public void testMissingFramesLieBelowIfAllowed() throws IOException {
        allowFailures = true;
        withShard(
                createMapperService(videos()),
                List.of(List.of(withoutFrames(), frames("0.2")), List.of(withoutFrames())),
                shard -> {
                    VidvecRescoreContext context = shard.context();
                    // first scores 10, 9, 8
                    TopDocs hits = shard.rescore(context, 2, 0, 1);
                    assertArrayEquals(new int[] {1, 2, 0}, docs(hits));
                    assertScores(hits, 0.2, 10 * UNJUDGED, 9 * UNJUDGED);
                    assertEquals(Set.of(1), context.getRescoredDocs());
                });
    }

    public void testHitThatTheModelRefusesIsNamed() throws IOException {
        List<List<Doc>> docs = List.of(List.of(frames("0.5"), frames("broken")));
        withShard(
                createMapperService(videos()),
                docs,
                shard -> {
                    Exception e =
                            expectThrows(
                                    IllegalArgumentException.class,
                                    () -> shard.rescore(shard.context(), 0, 1));
                    assertEquals(
                            "[index/1/vidvec] can't be judged: the strip is broken",
                            e.getMessage());
                    allowFailures = true;
                    TopDocs hits = shard.rescore(shard.context(), 1, 0);
                    assertArrayEquals(new int[] {0, 1}, docs(hits));
                });
    }

    public void testFramesThatAreNotBase64AreNamed() throws IOException {
        Doc bad = document -> document.startObject("vidvec").field("frames", "%%%").endObject();
        withShard(
                createMapperService(mapping(fields -> {})),
                List.of(List.of(bad)),
                shard -> {
                    Exception e =
                            expectThrows(
                                    IllegalArgumentException.class,
                                    () -> shard.rescore(shard.context(), 0));
                    assertThat(
                            e.getMessage(),
                            containsString("[index/0/vidvec] can't be judged: Illegal base64"));
                });
    }

    public void testWithoutAnAnswerTheOrderStaysIfAllowed() throws IOException {
        model =
                request -> {
                    throw new ElasticsearchStatusException(
                            "no inference node", RestStatus.SERVICE_UNAVAILABLE);
                };
        withShard(
                createMapperService(videos()),
                fiveDocs(),
                shard -> {
                    Exception e =
                            expectThrows(
                                    ElasticsearchStatusException.class,
                                    () -> shard.rescore(shard.context(), 4, 2, 0));
                    assertEquals(RestStatus.SERVICE_UNAVAILABLE, ExceptionsHelper.status(e));
                    allowFailures = true;
                    VidvecRescoreContext context = shard.context();
                    TopDocs hits = shard.rescore(context, 4, 2, 0);
                    assertArrayEquals(new int[] {4, 2, 0}, docs(hits));
                    assertEquals(Set.of(), context.getRescoredDocs());
                });
    }

    public void testBadRequestFailsEvenIfFailuresAreAllowed() throws IOException {
        allowFailures = true;
        model =
                request -> {
                    throw new IllegalArgumentException("[query] is not a video");
                };
        withShard(
                createMapperService(videos()),
                fiveDocs(),
                shard -> {
                    Exception e =
                            expectThrows(
                                    IllegalArgumentException.class,
                                    () -> shard.rescore(shard.context(), 0));
                    assertEquals("[query] is not a video", e.getMessage());
                });
    }

    public void testFewerJudgementsThanHitsAreRefused() throws IOException {
        model =
                request ->
                        new MatchAction.Response(
                                ModelsAnswers.model("m", FINGERPRINT),
                                judge(request).outcomes().subList(0, 2));
        withShard(
                createMapperService(videos()),
                fiveDocs(),
                shard -> {
                    Exception e =
                            expectThrows(
                                    ElasticsearchException.class,
                                    () -> shard.rescore(shard.context(), 0, 1, 2));
                    assertEquals(
                            "[vidvec] got [2] judgements for [3] candidates from model [m]",
                            e.getMessage());
                });
    }

    public void testModelThatChangesDuringTheSearchIsRefused() throws IOException {
        model =
                request ->
                        new MatchAction.Response(
                                ModelsAnswers.model("m", "sha256:2"), judge(request).outcomes());
        withShard(
                createMapperService(videos()),
                fiveDocs(),
                shard -> {
                    Exception e =
                            expectThrows(
                                    ElasticsearchStatusException.class,
                                    () -> shard.rescore(shard.context(), 0));
                    assertEquals(
                            "vidvec model [m] changed during the search, from [sha256:1] to"
                                    + " [sha256:2]; search again",
                            e.getMessage());
                });
    }

    public void testCancelledSearchStopsBeforeItAsks() throws IOException {
        allowFailures = true;
        withShard(
                createMapperService(videos()),
                fiveDocs(),
                shard -> {
                    VidvecRescoreContext context = shard.context();
                    context.setCancellationChecker(
                            () -> {
                                throw new TaskCancelledException("the user left");
                            });
                    expectThrows(TaskCancelledException.class, () -> shard.rescore(context, 0, 1));
                });
        List<ActionRequest> asked = client.requests();
        assertEquals(List.of(), asked);
    }

    public void testDisabledSourceIsRefused() throws IOException {
        withShard(
                createMapperService(
                        topMapping(
                                mapping ->
                                        mapping.startObject("_source")
                                                .field("enabled", false)
                                                .endObject())),
                fiveDocs(),
                shard -> {
                    Exception e =
                            expectThrows(
                                    IllegalArgumentException.class,
                                    () -> shard.rescore(shard.context(), 0));
                    assertEquals(
                            "index [index] has [_source] disabled, where the frames of [vidvec]"
                                    + " would be; index with [_source] to rescore with [vidvec]",
                            e.getMessage());
                });
    }

    public void testTheOriginalCanBeJudged() throws IOException {
        field = "video";
        Doc bare = document -> document.field("video", base64("0.4"));
        Doc object =
                document ->
                        document.startObject("video")
                                .field("type", "image")
                                .field("value", "data:image/png;base64," + base64("0.6"))
                                .endObject();
        Doc text = document -> document.field("video", "data:text/plain;base64,AAAA");
        XContentBuilder unmapped = topMapping(mapping -> mapping.field("dynamic", false));
        withShard(
                createMapperService(unmapped),
                List.of(List.of(bare, object), List.of(text)),
                shard -> {
                    assertScores(shard.rescore(shard.context(), 0, 1), 0.6, 0.4);
                    Exception e =
                            expectThrows(
                                    IllegalArgumentException.class,
                                    () -> shard.rescore(shard.context(), 2));
                    assertEquals("[index/2/video] can't be judged: no frames", e.getMessage());
                });
        // whether a text can be judged depends on query and model
        assertEquals(
                InputSpec.Type.TEXT,
                ((MatchAction.Request) client.requests().get(1)).candidates().get(0).type());
        MatchAction.Request request = (MatchAction.Request) client.requests().get(0);
        assertEquals(
                List.of(InputSpec.Type.VIDEO, InputSpec.Type.IMAGE),
                request.candidates().stream().map(InputSpec::type).toList());
    }

    public void testOnlyResultsThatMayLackJudgementsAreNotCached() throws IOException {
        withShard(
                createMapperService(videos()),
                fiveDocs(),
                shard -> {
                    assertTrue(shard.isCacheable());
                    allowFailures = true;
                    assertFalse(shard.isCacheable());
                });
    }

    private Explanation explain(Shard shard, boolean judged) throws IOException {
        VidvecRescoreContext fresh = shard.context();
        fresh.setRescoredDocs(judged ? Set.of(3) : Set.of());
        Explanation first = Explanation.match(0.5f, "within top k documents");
        return VidvecRescorer.INSTANCE.explain(3, shard.searcher(), fresh, first);
    }

    public void testExplainTellsHowTheScoreCameAbout() throws IOException {
        blend = new ScoreBlend(ScoreMode.AVG, 1, 1);
        withShard(
                createMapperService(videos()),
                fiveDocs(),
                shard -> {
                    Explanation told = explain(shard, true);
                    assertEquals(0.6f, told.getValue().floatValue(), 1e-6f);
                    assertEquals(
                            "vidvec rescore with score_mode [avg], calibration [none], by model"
                                    + " [m] with fingerprint [sha256:1], of:",
                            told.getDescription());
                    Explanation[] details = told.getDetails();
                    assertEquals(0.5f, details[0].getValue());
                    assertEquals(0.7f, details[1].getValue().floatValue(), 1e-6f);
                    assertEquals(
                            List.of("yes logit", "no logit"),
                            Arrays.stream(details[1].getDetails())
                                    .map(Explanation::getDescription)
                                    .toList());
                    assertEquals("frames judged", details[4].getDescription());
                    assertEquals(8, details[4].getValue());
                    assertEquals(
                            "layer that the head reads, the last", details[5].getDescription());
                    assertEquals(2, details[5].getValue());
                    assertEquals(
                            "milliseconds to judge it for this explanation",
                            details[6].getDescription());
                    assertTrue(details[6].getValue().longValue() >= 0);
                });
        assertEquals(1, onlyRequest().candidates().size());
    }

    public void testExplainTellsThatAHitWasNotJudged() throws IOException {
        withShard(
                createMapperService(videos()),
                fiveDocs(),
                shard -> {
                    Explanation told = explain(shard, false);
                    assertEquals(0.5 * UNJUDGED, told.getValue().doubleValue(), 1e-12);
                    assertEquals(
                            "not judged by vidvec model [m], so below the hits that were: it was"
                                    + " not judged when the search ran",
                            told.getDescription());
                });
    }
}
