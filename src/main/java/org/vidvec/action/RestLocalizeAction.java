package org.vidvec.action;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestChannel;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.action.RestToXContentListener;
import org.elasticsearch.xcontent.ObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentParser;

/** {@code POST _vidvec/localize}: the segments of a video that answer a query. */
public final class RestLocalizeAction extends RestPostAction<LocalizeAction.Request> {

    /** Time for a video with its windows on a busy node. */
    private static final TimeValue DEFAULT_TIMEOUT = TimeValue.timeValueMinutes(5);

    private static final ObjectParser<Body, Void> PARSER =
            new ObjectParser<>("vidvec_localize", Body::new);

    static {
        PARSER.declareString((body, id) -> body.modelId = id, new ParseField("model_id"));
        PARSER.declareField(
                (body, query) -> body.query = query,
                (parser, context) -> InputParser.parse(parser, "query"),
                new ParseField("query"),
                ObjectParser.ValueType.VALUE_OBJECT_ARRAY);
        PARSER.declareField(
                (body, input) -> body.video = input,
                (parser, context) -> InputParser.parse(parser, "input").get(0),
                new ParseField("input"),
                ObjectParser.ValueType.OBJECT);
        PARSER.declareObject(
                (body, moments) -> body.moments = moments,
                (parser, context) -> moments(parser),
                new ParseField("moments"));
        MergeParser.declare(PARSER, body -> body.merge);
        PARSER.declareInt((body, size) -> body.size = size, new ParseField("size"));
        PARSER.declareBoolean(
                (body, value) -> body.contextualize = value, new ParseField("contextualize"));
        PARSER.declareString(
                (body, time) -> body.timeout = TimeValue.parseTimeValue(time, "timeout"),
                new ParseField("timeout"));
    }

    private static MomentsSpec moments(XContentParser parser) throws IOException {
        MomentsSpec moments = MomentsSpec.parse(parser);
        if (moments.isNone() || moments.captions() || moments.aggregate() != null) {
            throw new IllegalArgumentException(
                    "[moments] of a localize request takes [strategy] [sliding], [fixed] or"
                            + " [shots], and neither [aggregate] nor [captions]");
        }
        return moments;
    }

    /** The body while it is read. */
    private static final class Body {
        private String modelId;
        private List<InputSpec> query = List.of();
        private InputSpec video;
        private MomentsSpec moments = MomentsSpec.DEFAULT;
        private final MergeParser.Draft merge = new MergeParser.Draft();
        private int size = 3;
        private boolean contextualize;
        private TimeValue timeout = DEFAULT_TIMEOUT;
    }

    /**
     * Reads the body.
     *
     * @throws org.elasticsearch.xcontent.XContentParseException if a field is unknown or malformed
     */
    static LocalizeAction.Request parse(XContentParser parser) throws IOException {
        Body body = PARSER.parse(parser, null);
        return new LocalizeAction.Request(
                body.modelId,
                body.query,
                body.video,
                new LocalizeAction.Finding(
                        body.moments, body.merge.settings(), body.size, body.contextualize),
                body.timeout);
    }

    /** Knows nothing yet. */
    public RestLocalizeAction() {
        super("vidvec_localize_action", new Route(RestRequest.Method.POST, "/_vidvec/localize"));
    }

    @Override
    LocalizeAction.Request read(RestRequest request, XContentParser parser) throws IOException {
        return parse(parser);
    }

    @Override
    void answer(LocalizeAction.Request body, Client client, RestChannel channel) {
        client.execute(LocalizeAction.INSTANCE, body, new RestToXContentListener<>(channel));
    }
}
