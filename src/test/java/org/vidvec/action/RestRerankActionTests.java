package org.vidvec.action;

import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.elasticsearch.common.Strings;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.vidvec.model.Calibration;
import org.vidvec.model.CardCalibration;
import org.vidvec.model.MatchScore;

/** The body of {@code POST _vidvec/rerank}, and its answer. */
public class RestRerankActionTests extends ESTestCase {

    private static RestRerankAction.Rerank parse(String items, String more) throws IOException {
        String json =
                "{\"model_id\": \"tiny\", \"query\": \"a dog\", \"input\": [" + items + "]" + more;
        try (XContentParser parser =
                JsonXContent.jsonXContent.createParser(
                        XContentParserConfiguration.EMPTY, json + "}")) {
            return RestRerankAction.parse(parser);
        }
    }

    private static String refusal(String items, String more) {
        Throwable e = expectThrows(RuntimeException.class, () -> parse(items, more));
        return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    }

    private static String answer(RestRerankAction.Rerank rerank, MatchAction.Outcome... outcomes)
            throws IOException {
        return answer(ModelsAnswers.model("tiny", "sha256:1"), rerank, outcomes);
    }

    private static String answer(
            ModelSummary model, RestRerankAction.Rerank rerank, MatchAction.Outcome... outcomes)
            throws IOException {
        MatchAction.Response response = new MatchAction.Response(model, List.of(outcomes));
        XContentBuilder builder = JsonXContent.contentBuilder();
        String json = Strings.toString(RestRerankAction.write(builder, rerank, response));
        return json.substring(json.indexOf("\"rerank\""));
    }

    public void testEachAlone() throws IOException {
        RestRerankAction.Rerank rerank = parse("\"a\", \"b\", \"c\"", "");
        assertFalse(rerank.match().isTogether());
        assertEquals(
                "\"rerank\":[{\"index\":2,\"relevance_score\":0.5,\"yes_logit\":3.0,\"no_logit\":3.0},"
                        + "{\"index\":0,\"relevance_score\":0.0,\"yes_logit\":0.0,\"no_logit\":800.0},"
                        + "{\"index\":1,\"error\":\"no video\"}]}",
                answer(
                        rerank,
                        new MatchAction.Outcome(new MatchScore(0, 800), null),
                        new MatchAction.Outcome(null, "no video"),
                        new MatchAction.Outcome(new MatchScore(3, 3), null)));
    }

    public void testTheCardsCalibrationUnlessTheRequestHasOne() throws IOException {
        ModelSummary model =
                ModelsAnswers.calibrated(
                        "tiny", new CardCalibration(Calibration.PRIOR, 1, List.of()));
        // 3 less 3 for nothing at all
        MatchAction.Outcome outcome =
                new MatchAction.Outcome(new MatchScore(3, 0), List.of(new MatchScore(3, 0)), null);
        RestRerankAction.Rerank silent = parse("\"a\"", "");
        assertNull("the node that has the card asks its texts", silent.match().references());
        assertThat(answer(model, silent, outcome), containsString("\"relevance_score\":0.5,"));
        RestRerankAction.Rerank none = parse("\"a\"", ", \"calibration\": \"none\"");
        assertEquals(List.of(), none.match().references());
        assertThat(
                answer(model, none, outcome),
                // 1 / (1 + e^-3)
                containsString("\"relevance_score\":0.95257"));
        RestRerankAction.Rerank together = parse("\"a\"", ", \"mode\": \"listwise\"");
        assertThat(
                answer(model, together, new MatchAction.Outcome(new MatchScore(3, 3), null)),
                containsString("\"relevance_score\":0.5}"));
    }

    public void testAllInOnePrompt() throws IOException {
        RestRerankAction.Rerank rerank =
                parse("\"a\", \"b\"", ", \"mode\": \"listwise\", \"top_n\": 1");
        assertTrue(rerank.match().isTogether());
        assertEquals(
                "the logit of a letter is of no use to anybody",
                "\"rerank\":[{\"index\":1,\"relevance_score\":1.0}]}",
                answer(
                        rerank,
                        new MatchAction.Outcome(null, "no video"),
                        new MatchAction.Outcome(
                                new MatchScore(3, Double.NEGATIVE_INFINITY), null)));
    }

    public void testRefusals() {
        String listwise = ", \"mode\": \"listwise\"";
        assertThat(
                refusal("\"a\"", ", \"mode\": \"pairwise\""),
                containsString(
                        "unknown [mode] [pairwise]; it must be one of [pointwise, listwise]"));
        assertEquals(
                "[calibration] [prior] is of candidates that are judged each alone; leave it out,"
                        + " or set [mode] to [pointwise]",
                refusal("\"a\"", listwise + ", \"calibration\": \"prior\""));
        assertEquals(
                "the number of items in [input] [27] is more than the [26] candidates that [mode]"
                        + " [listwise] can compare; lower it, or set [mode] to [pointwise]",
                refusal(String.join(",", Collections.nCopies(27, "\"a\"")), listwise));
        assertThat(refusal("", ""), containsString("[input] must hold at least one item"));
        assertEquals("[top_n] must be at least [1], not [0]", refusal("\"a\"", ", \"top_n\": 0"));
    }
}
