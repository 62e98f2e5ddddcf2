package org.vidvec.search;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.xcontent.ConstructingObjectParser;
import org.elasticsearch.xcontent.ObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentParser;
import org.vidvec.action.CalibrationSpec;
import org.vidvec.action.InputSpec;

/** Reads the JSON of {@code rescore.vidvec}. Unknown options are refused by name. */
final class RescoreParser {

    private static final ObjectParser<Draft, Void> PARSER =
            new ObjectParser<>(VidvecRescorerBuilder.NAME, Draft::new);

    @SuppressWarnings("unchecked")
    private static final ConstructingObjectParser<List<QueryItem>, Void> QUERY =
            new ConstructingObjectParser<>("query", args -> (List<QueryItem>) args[0]);

    static {
        QUERY.declareField(
                ConstructingObjectParser.constructorArg(),
                (parser, context) -> QueryItem.parse(parser, "query.input"),
                new ParseField("input"),
                ObjectParser.ValueType.VALUE_OBJECT_ARRAY);
        PARSER.declareString((draft, value) -> draft.modelId = value, new ParseField("model_id"));
        PARSER.declareField(
                (draft, value) -> draft.query = value,
                RescoreParser::query,
                new ParseField("query"),
                ObjectParser.ValueType.OBJECT_OR_STRING);
        PARSER.declareString((draft, value) -> draft.field = value, new ParseField("field"));
        PARSER.declareString(
                (draft, value) -> draft.mode = value,
                ScoreMode::fromString,
                new ParseField("score_mode"));
        PARSER.declareFloat(
                (draft, value) -> draft.queryWeight = value, new ParseField("query_weight"));
        PARSER.declareFloat(
                (draft, value) -> draft.rescoreWeight = value,
                new ParseField("rescore_query_weight"));
        CalibrationSpec.declare(PARSER, draft -> draft.calibration);
        PARSER.declareString(
                (draft, value) -> draft.type = value,
                InputSpec.Type::fromString,
                new ParseField("type"));
        PARSER.declareString(
                (draft, value) -> draft.timeout = TimeValue.parseTimeValue(value, "timeout"),
                new ParseField("timeout"));
        PARSER.declareBoolean(
                (draft, value) -> draft.allowFailures = value,
                new ParseField("allow_rerank_failures"));
        LaterOptions.refuse(PARSER, List.of("min_score"));
    }

    private RescoreParser() {}

    /**
     * Reads the object that the parser stands on.
     *
     * @throws IllegalArgumentException if an option is missing, unknown or out of range
     */
    static RescoreSpec parse(XContentParser parser) {
        Draft draft = PARSER.apply(parser, null);
        return new RescoreSpec(
                draft.modelId,
                draft.query,
                draft.field,
                draft.type,
                draft.calibration.spec(),
                new ScoreBlend(draft.mode, draft.queryWeight, draft.rescoreWeight),
                draft.timeout,
                draft.allowFailures);
    }

    private static List<QueryItem> query(XContentParser parser, Void context) throws IOException {
        return parser.currentToken() == XContentParser.Token.START_OBJECT
                ? QUERY.parse(parser, context)
                : QueryItem.parse(parser, "query");
    }

    /** What the parser has seen so far. */
    private static final class Draft {
        private String modelId;
        private List<QueryItem> query;
        private String field = RescoreSpec.DEFAULT_FIELD;
        private InputSpec.Type type = InputSpec.Type.VIDEO;
        private final CalibrationSpec.Draft calibration = new CalibrationSpec.Draft();
        private ScoreMode mode = ScoreBlend.DEFAULT.mode();
        private float queryWeight = ScoreBlend.DEFAULT.queryWeight();
        private float rescoreWeight = ScoreBlend.DEFAULT.rescoreWeight();
        private TimeValue timeout = RescoreSpec.DEFAULT_TIMEOUT;
        private boolean allowFailures;
    }
}
