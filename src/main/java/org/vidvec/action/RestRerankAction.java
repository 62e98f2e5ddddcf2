package org.vidvec.action;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestChannel;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestResponse;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.rest.action.RestBuilderListener;
import org.elasticsearch.xcontent.ObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;

/** {@code POST _vidvec/rerank}: items in the order in which they match a query. */
public final class RestRerankAction extends RestPostAction<RestRerankAction.Rerank> {

    /** Time for a window of videos on a busy node. */
    private static final TimeValue DEFAULT_TIMEOUT = TimeValue.timeValueMinutes(5);

    private static final ObjectParser<Body, Void> PARSER =
            new ObjectParser<>("vidvec_rerank", Body::new);

    static {
        PARSER.declareString((body, id) -> body.modelId = id, new ParseField("model_id"));
        PARSER.declareField(
                (body, query) -> body.query = query,
                (parser, context) -> InputParser.parse(parser, "query"),
                new ParseField("query"),
                ObjectParser.ValueType.VALUE_OBJECT_ARRAY);
        PARSER.declareField(
                (body, input) -> body.input = input,
                (parser, context) -> InputParser.parse(parser, "input"),
                new ParseField("input"),
                ObjectParser.ValueType.VALUE_OBJECT_ARRAY);
        PARSER.declareInt((body, n) -> body.topN = n, new ParseField("top_n"));
        RerankMode.declare(PARSER, (body, mode) -> body.mode = mode);
        CalibrationSpec.declare(PARSER, body -> body.calibration);
        PARSER.declareString(
                (body, time) -> body.timeout = TimeValue.parseTimeValue(time, "timeout"),
                new ParseField("timeout"));
    }

    /** The body while it is read. */
    private static final class Body {
        private String modelId;
        private List<InputSpec> query = List.of();
        private List<InputSpec> input = List.of();
        private int topN = Integer.MAX_VALUE;
        private RerankMode mode = RerankMode.POINTWISE;
        private final CalibrationSpec.Draft calibration = new CalibrationSpec.Draft();
        private TimeValue timeout = DEFAULT_TIMEOUT;
    }

    /**
     * What the body asks for.
     *
     * @param match asks the model
     * @param mode how
     * @param calibration how its answers become scores; null for that of the model's card
     * @param topN how many are told
     */
    record Rerank(
            MatchAction.Request match, RerankMode mode, CalibrationSpec calibration, int topN) {}

    /**
     * Reads the body.
     *
     * @throws org.elasticsearch.xcontent.XContentParseException if a field is unknown or malformed
     * @throws IllegalArgumentException if there is nothing to order
     */
    static Rerank parse(XContentParser parser) throws IOException {
        Body body = PARSER.parse(parser, null);
        CalibrationSpec calibration = body.calibration.spec();
        if (body.input.isEmpty() || body.topN < 1) {
            throw new IllegalArgumentException(
                    body.topN < 1
                            ? "[top_n] must be at least [1], not [" + body.topN + "]"
                            : "[input] must hold at least one item to be ordered");
        }
        body.mode.check(calibration);
        String tooMany = body.mode.tooMany("the number of items in [input]", body.input.size());
        if (tooMany != null) {
            throw new IllegalArgumentException(tooMany);
        }
        return new Rerank(
                body.mode.of(
                        new MatchAction.Request(
                                body.modelId,
                                body.query,
                                body.input,
                                calibration == null ? null : calibration.references(),
                                body.timeout)),
                body.mode,
                calibration,
                body.topN);
    }

    /** An item's place in the answer. */
    private record Placed(int index, MatchAction.Outcome outcome, double score) {}

    /** Best first; those that could not be judged last, each with its reason. */
    static XContentBuilder write(
            XContentBuilder builder, Rerank rerank, MatchAction.Response response)
            throws IOException {
        CalibrationSpec calibration =
                rerank.mode().calibration(rerank.calibration(), response.model().calibration());
        List<Placed> placed = new ArrayList<>();
        for (int i = 0; i < response.outcomes().size(); i++) {
            MatchAction.Outcome outcome = response.outcomes().get(i);
            double score = outcome.score() == null ? -1 : calibration.score(outcome);
            placed.add(new Placed(i, outcome, score));
        }
        placed.sort(Comparator.comparingDouble(Placed::score).reversed());
        builder.startObject()
                .field("model_id", response.model().info().id())
                .field("fingerprint", response.model().fingerprint())
                .startArray("rerank");
        for (Placed one : placed.subList(0, Math.min(rerank.topN(), placed.size()))) {
            builder.startObject().field("index", one.index());
            if (one.outcome().score() == null) {
                builder.field("error", one.outcome().error());
            } else {
                builder.field("relevance_score", one.score());
                if (rerank.match().isTogether() == false) {
                    builder.field("yes_logit", one.outcome().yesLogit())
                            .field("no_logit", one.outcome().noLogit());
                }
            }
            builder.endObject();
        }
        return builder.endArray().endObject();
    }

    /** Knows nothing yet. */
    public RestRerankAction() {
        super("vidvec_rerank_action", new Route(RestRequest.Method.POST, "/_vidvec/rerank"));
    }

    @Override
    Rerank read(RestRequest request, XContentParser parser) throws IOException {
        return parse(parser);
    }

    @Override
    void answer(Rerank body, Client client, RestChannel channel) {
        client.execute(
                MatchAction.INSTANCE,
                body.match(),
                new RestBuilderListener<>(channel) {
                    @Override
                    public RestResponse buildResponse(
                            MatchAction.Response response, XContentBuilder builder)
                            throws Exception {
                        write(builder, body, response);
                        return new RestResponse(RestStatus.OK, builder);
                    }
                });
    }
}
