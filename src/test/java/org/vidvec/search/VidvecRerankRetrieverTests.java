package org.vidvec.search;

import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.ScoreDoc;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.io.stream.NamedWriteableRegistry;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.rank.RankDoc;
import org.elasticsearch.search.retriever.RetrieverBuilder;
import org.elasticsearch.search.retriever.RetrieverParserContext;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.usage.SearchUsage;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.vidvec.action.RerankMode;

public class VidvecRerankRetrieverTests extends ESTestCase {

    private static final String INNER =
            "\"retriever\": {\"standard\": {\"query\": {\"match_all\": {}}}}";
    private static final String QUERY = "\"model_id\": \"m\", \"query\": \"a dog\", " + INNER;

    @Override
    protected NamedXContentRegistry xContentRegistry() {
        return SearchSources.PARSERS;
    }

    private VidvecRerankRetriever parse(String options) throws IOException {
        String json = "{\"vidvec_rerank\": {" + options + "}}";
        try (XContentParser parser = createParser(JsonXContent.jsonXContent, json)) {
            return (VidvecRerankRetriever)
                    RetrieverBuilder.parseTopLevelRetrieverBuilder(
                            parser, new RetrieverParserContext(new SearchUsage(), feature -> true));
        }
    }

    private String refusal(String options) {
        Throwable e = expectThrows(Exception.class, () -> parse(options));
        StringBuilder messages = new StringBuilder();
        for (; e != null; e = e.getCause()) {
            messages.append(e.getMessage()).append('\n');
        }
        return messages.toString();
    }

    public void testDefaults() throws IOException {
        VidvecRerankRetriever retriever = parse(QUERY);
        assertEquals(10, retriever.rankWindowSize());
        assertEquals("vidvec", retriever.spec().field());
        assertEquals(Keeping.DEFAULT, retriever.spec().keeping());
        assertEquals(TimeValue.timeValueSeconds(30), retriever.spec().timeout());
        assertEquals("standard", retriever.innerRetrievers().get(0).retriever().getName());
    }

    public void testItsJsonIsRead() throws IOException {
        String all =
                QUERY
                        + """
                        , "rank_window_size": 20, "field": "v", "type": "image", "min_score": 0.25,
                        "calibration": "dual_softmax", "timeout": "5s", "_name": "judged",
                        "dual_softmax": {"queries": ["a cat"], "temperature": 0.5},
                        "filter": {"term": {"rights": "ok"}}, "allow_rerank_failures": true
                        """;
        VidvecRerankRetriever retriever = parse(all);
        assertEquals("judged", retriever.retrieverName());
        assertEquals(1, retriever.getPreFilterQueryBuilders().size());
        assertEquals(new Keeping(0.25f, true), retriever.spec().keeping());
        for (VidvecRerankRetriever one : List.of(retriever, parse(QUERY + ", \"min_score\": 1"))) {
            String json = Strings.toString(one);
            assertEquals(one, parse(json.substring(json.indexOf(":{") + 2, json.length() - 2)));
        }
    }

    public void testWhatIsMissingUnknownOrOutOfRangeIsNamed() {
        assertThat(refusal(INNER), containsString("[vidvec] requires [model_id]"));
        assertThat(
                refusal(INNER + ", \"model_id\": \"m\""),
                containsString("[vidvec] requires [query]: a text, or an object with [input]"));
        assertThat(
                refusal("\"model_id\": \"m\", \"query\": \"a dog\""),
                containsString("[vidvec] requires [retriever]: whose best hits are judged"));
        assertThat(
                refusal(QUERY + ", \"score_mode\": \"total\""),
                containsString("[vidvec_rerank] unknown field [score_mode]"));
        assertThat(
                refusal(QUERY + ", \"min_score\": -1"),
                containsString("[min_score] must be at least [0], not [-1.0]"));
    }

    public void testAWindowAboveTheLimitOrBelowThePageIsRefused() throws IOException {
        VidvecRerankRetriever wide = parse(QUERY + ", \"rank_window_size\": 101");
        ActionRequestValidationException e =
                wide.validate(new SearchSourceBuilder(), null, false, true);
        assertThat(
                e.getMessage(),
                containsString(
                        "[vidvec_rerank] [rank_window_size] [101] is too large. It must be less"
                                + " than [100]"));
        ActionRequestValidationException page =
                parse(QUERY).validate(new SearchSourceBuilder().size(11), null, false, true);
        assertThat(page.getMessage(), containsString("[rank_window_size: 10]"));
        assertNull(parse(QUERY).validate(new SearchSourceBuilder(), null, false, true));
    }

    public void testListwise() throws IOException {
        VidvecRerankRetriever all = parse(QUERY + ", \"mode\": \"listwise\"");
        assertEquals(RerankMode.LISTWISE, all.spec().mode());
        assertEquals(RerankMode.POINTWISE, parse(QUERY).spec().mode());
        assertNull(all.validate(new SearchSourceBuilder(), null, false, true));
        String json = Strings.toString(all);
        assertEquals(all, parse(json.substring(json.indexOf(":{") + 2, json.length() - 2)));
        assertThat(
                parse(QUERY + ", \"mode\": \"listwise\", \"rank_window_size\": 27")
                        .validate(new SearchSourceBuilder(), null, false, true)
                        .getMessage(),
                containsString(
                        "[vidvec_rerank] [rank_window_size] [27] is more than the [26] candidates"
                                + " that [mode] [listwise] can compare; lower it, or set [mode] to"
                                + " [pointwise]"));
        assertThat(
                refusal(QUERY + ", \"mode\": \"pairwise\""),
                containsString(
                        "unknown [mode] [pairwise]; it must be one of [pointwise, listwise]"));
        assertThat(
                refusal(QUERY + ", \"mode\": \"listwise\", \"calibration\": \"prior\""),
                containsString(
                        "[calibration] [prior] is of candidates that are judged each alone"));
    }

    private static RankDoc[] combine(VidvecRerankRetriever retriever, float... scores) {
        ScoreDoc[] hits = new ScoreDoc[scores.length];
        for (int i = 0; i < hits.length; i++) {
            hits[i] = new ScoreDoc(i, scores[i], 0);
        }
        return retriever.combineInnerRetrieverResults(List.<ScoreDoc[]>of(hits), false);
    }

    private static List<Integer> docs(RankDoc[] hits) {
        return Arrays.stream(hits).map(hit -> hit.doc).toList();
    }

    public void testMinScoreKeepsHitsThatWereNotJudged() throws IOException {
        VidvecRerankRetriever least = parse(QUERY + ", \"min_score\": 0.5");
        RankDoc[] kept = combine(least, 0.9f, 0.5f, 0.4f, 1e-7f);
        assertEquals(List.of(0, 1, 3), docs(kept));
        assertEquals(3, kept[2].rank);
        Explanation judged = kept[0].explain(new Explanation[0], new String[0]);
        assertEquals(0.9f, judged.getValue().floatValue(), 0);
        assertEquals(
                "vidvec_rerank score by model [m], in place of that of:", judged.getDescription());
        assertThat(
                kept[2].explain(new Explanation[0], new String[0]).getDescription(),
                containsString("not judged by vidvec model [m]"));
        assertEquals(Float.valueOf(0.5f), least.minScore());
        VidvecRerankRetriever lenient =
                parse(QUERY + ", \"min_score\": 0.5, \"allow_rerank_failures\": true");
        assertNull("the host would apply it to all hits", lenient.minScore());
    }

    /** To the shards, which explain. */
    public void testAJudgementTravels() throws IOException {
        Explanation judged = Explanation.match(0.9f, "judged", Explanation.match(2f, "yes logit"));
        Explanation source = Explanation.match(3f, "source");
        ScoreDoc hit = new ScoreDoc(7, 0.9f, 1);
        for (Explanation told : new Explanation[] {judged, null}) {
            VidvecRankDoc doc = new VidvecRankDoc(hit, "m", told);
            VidvecRankDoc read =
                    copyWriteable(doc, new NamedWriteableRegistry(List.of()), VidvecRankDoc::new);
            assertEquals(doc, read);
            Explanation whole = read.explain(new Explanation[] {source}, new String[0]);
            assertEquals(
                    told == null ? List.of(source) : List.of(source, judged),
                    List.of(whole.getDetails()));
        }
        assertNotEquals(new VidvecRankDoc(hit, "m", judged), new VidvecRankDoc(hit, "m", null));
    }
}
