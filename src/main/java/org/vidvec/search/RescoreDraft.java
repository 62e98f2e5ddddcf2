package org.vidvec.search;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.xcontent.ConstructingObjectParser;
import org.elasticsearch.xcontent.ObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentParser;
import org.vidvec.action.CalibrationSpec;
import org.vidvec.action.InputSpec;
import org.vidvec.action.RerankMode;

/** What a parser has seen so far of the options that rescorer and retriever share. */
final class RescoreDraft {

    @SuppressWarnings("unchecked")
    private static final ConstructingObjectParser<List<QueryItem>, Void> QUERY =
            new ConstructingObjectParser<>("query", args -> (List<QueryItem>) args[0]);

    static {
        QUERY.declareField(
                ConstructingObjectParser.constructorArg(),
                (parser, context) -> QueryItem.parse(parser, "query.input"),
                new ParseField("input"),
                ObjectParser.ValueType.VALUE_OBJECT_ARRAY);
    }

    private String modelId;
    private List<QueryItem> query;
    private String field = RescoreSpec.DEFAULT_FIELD;
    private InputSpec.Type type = InputSpec.Type.VIDEO;
    private final CalibrationSpec.Draft calibration = new CalibrationSpec.Draft();
    private TextWeights texts = TextWeights.NONE;
    private TimeValue timeout = RescoreSpec.DEFAULT_TIMEOUT;
    private Float minScore = Keeping.DEFAULT.minScore();
    private boolean allowFailures = Keeping.DEFAULT.allowFailures();

    /** Has a parser read the options into a part of what it makes. */
    static <T, C> void declare(ObjectParser<T, C> parser, Function<T, RescoreDraft> part) {
        parser.declareString(
                (value, id) -> part.apply(value).modelId = id, new ParseField("model_id"));
        parser.declareField(
                (value, query) -> part.apply(value).query = query,
                (p, context) -> parseQuery(p),
                new ParseField("query"),
                ObjectParser.ValueType.OBJECT_OR_STRING);
        parser.declareString(
                (value, field) -> part.apply(value).field = field, new ParseField("field"));
        parser.declareString(
                (value, type) -> part.apply(value).type = type,
                InputSpec.Type::fromString,
                new ParseField("type"));
        CalibrationSpec.declare(parser, value -> part.apply(value).calibration);
        parser.declareString(
                (value, time) ->
                        part.apply(value).timeout = TimeValue.parseTimeValue(time, "timeout"),
                new ParseField("timeout"));
        parser.declareFloat(
                (value, least) -> part.apply(value).minScore = least, new ParseField("min_score"));
        parser.declareBoolean(
                (value, allow) -> part.apply(value).allowFailures = allow,
                new ParseField("allow_rerank_failures"));
    }

    /** Has a parser read the texts that only the rescorer judges beside the video. */
    static <T, C> void declareTexts(ObjectParser<T, C> parser, Function<T, RescoreDraft> part) {
        parser.declareField(
                (value, texts) -> part.apply(value).texts = texts,
                (p, context) -> TextWeights.parse(p),
                new ParseField("fields"),
                ObjectParser.ValueType.OBJECT);
    }

    private static List<QueryItem> parseQuery(XContentParser parser) throws IOException {
        return parser.currentToken() == XContentParser.Token.START_OBJECT
                ? QUERY.parse(parser, null)
                : QueryItem.parse(parser, "query");
    }

    /**
     * All of it.
     *
     * @throws IllegalArgumentException if an option is missing or out of range
     */
    RescoreSpec spec(ScoreBlend blend) {
        return new RescoreSpec(
                modelId,
                query,
                field,
                type,
                texts,
                RerankMode.POINTWISE,
                calibration.spec(),
                blend,
                timeout,
                new Keeping(minScore, allowFailures));
    }
}
