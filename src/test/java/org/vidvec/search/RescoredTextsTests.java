package org.vidvec.search;

import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.TopDocs;
import org.vidvec.action.InputSpec;
import org.vidvec.action.MatchAction;

/** Texts of a hit beside its video: {@code fields} of a rescore. */
public class RescoredTextsTests extends RescorerTestCase {

    private MatchAction.Request onlyRequest() {
        assertEquals("one request for all hits", 1, client.requests().size());
        return (MatchAction.Request) client.requests().get(0);
    }

    public void testTextsCountByWeight() throws IOException {
        texts = new TextWeights(Map.of("title", 3f, "vidvec.caption", 0f));
        withShard(
                createMapperService(videos()),
                List.of(
                        List.of(titled("0.9", "0.1"), frames("0.4")),
                        List.of(titled("0.2", "0.6"), titled("0.7"))),
                shard -> {
                    TopDocs hits = shard.rescore(shard.context(), 0, 1, 2, 3);
                    assertArrayEquals(
                            "a hit without a title is its video",
                            new int[] {3, 2, 1, 0},
                            docs(hits));
                    assertScores(hits, 0.7, (0.2 + 3 * 0.6) / 4, 0.4, (0.9 + 3 * 0.1) / 4);
                });
        assertEquals("of weight 0 is not asked", 6, onlyRequest().candidates().size());
        assertEquals(new InputSpec.Text("0.1"), onlyRequest().candidates().get(1));
    }

    public void testSeveralValuesAreOneText() throws IOException {
        texts = new TextWeights(Map.of("title", 1f));
        model = request -> judge(cut(request));
        withShard(
                createMapperService(videos()),
                List.of(List.of(titled("0.9", "0.5", "and more"))),
                shard -> assertScores(shard.rescore(shard.context(), 0), 0.7));
        assertEquals(new InputSpec.Text("0.5\nand more"), onlyRequest().candidates().get(1));
    }

    /** The first line of each text. */
    private static MatchAction.Request cut(MatchAction.Request request) {
        return new MatchAction.Request(
                request.modelId(),
                request.query(),
                request.candidates().stream()
                        .map(
                                one ->
                                        one instanceof InputSpec.Text text
                                                ? new InputSpec.Text(text.value().split("\n")[0])
                                                : one)
                        .toList(),
                request.references(),
                request.timeout());
    }

    public void testATextThatCantBeJudgedIsNamed() throws IOException {
        texts = new TextWeights(Map.of("title", 1f));
        List<List<Doc>> documents = List.of(List.of(titled("0.9", "unreadable"), frames("0.4")));
        withShard(
                createMapperService(videos()),
                documents,
                shard -> {
                    Exception e =
                            expectThrows(
                                    IllegalArgumentException.class,
                                    () -> shard.rescore(shard.context(), 0, 1));
                    assertEquals(
                            "[index/0/vidvec] by [title] can't be judged: no frames",
                            e.getMessage());
                });
        allowFailures = true;
        withShard(
                createMapperService(videos()),
                documents,
                shard -> {
                    VidvecRescoreContext context = shard.context();
                    TopDocs hits = shard.rescore(context, 0, 1);
                    assertArrayEquals(new int[] {1, 0}, docs(hits));
                    assertEquals(Set.of(1), context.getRescoredDocs());
                });
    }

    public void testExplainsTexts() throws IOException {
        texts = new TextWeights(Map.of("title", 3f));
        withShard(
                createMapperService(videos()),
                List.of(List.of(titled("0.9", "0.1"))),
                shard -> {
                    VidvecRescoreContext context = shard.context();
                    shard.rescore(context, 0);
                    Explanation explained =
                            VidvecRescorer.INSTANCE.explain(
                                    0, shard.searcher(), context, Explanation.match(10f, "first"));
                    assertEquals(0.3, explained.getValue().doubleValue(), 1e-6);
                    assertThat(
                            explained.toString(),
                            containsString("0.1 = score of the text in [title], of weight [3.0]"));
                });
    }
}
