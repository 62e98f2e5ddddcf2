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
import org.vidvec.model.EmbedInput;

/** {@code POST _vidvec/embed}: an input as a vector. */
public final class RestEmbedAction extends RestPostAction<EmbedAction.Request> {

    /** Time for one media file on a busy node. */
    private static final TimeValue DEFAULT_TIMEOUT = TimeValue.timeValueMinutes(1);

    private static final ObjectParser<Body, Void> PARSER =
            new ObjectParser<>("vidvec_embed", Body::new);

    static {
        PARSER.declareString((body, id) -> body.modelId = id, new ParseField("model_id"));
        PARSER.declareField(
                (body, input) -> body.input = input,
                (parser, context) -> InputParser.parse(parser, "input"),
                new ParseField("input"),
                ObjectParser.ValueType.VALUE_OBJECT_ARRAY);
        PARSER.declareString((body, type) -> body.role = role(type), new ParseField("input_type"));
        PARSER.declareString(
                (body, text) -> body.instruction = text, new ParseField("instruction"));
        PARSER.declareObject(
                (body, sampling) -> body.sampling = sampling,
                (parser, context) -> SamplingSpec.parse(parser),
                new ParseField("sampling"));
        PARSER.declareObject(
                (body, moments) -> body.moments = moments,
                (parser, context) -> MomentsSpec.parse(parser),
                new ParseField("moments"));
        PARSER.declareObject(
                (body, pages) -> body.pages = pages,
                (parser, context) -> MomentsSpec.parsePages(parser),
                new ParseField("pages"));
        PARSER.declareString(
                (body, truncate) -> body.truncate = truncate,
                EmbedOptions.Truncate::fromString,
                new ParseField("truncate"));
        PARSER.declareString(
                (body, time) -> body.timeout = TimeValue.parseTimeValue(time, "timeout"),
                new ParseField("timeout"));
    }

    /** The body while it is read. */
    private static final class Body {
        private String modelId;
        private List<InputSpec> input = List.of();
        private EmbedInput.Role role = EmbedInput.Role.QUERY;
        private String instruction;
        private SamplingSpec sampling;
        private MomentsSpec moments;
        private MomentsSpec pages;
        private EmbedOptions.Truncate truncate = EmbedOptions.Truncate.NONE;
        private TimeValue timeout = DEFAULT_TIMEOUT;

        /** A document has pages, all else has moments. */
        private MomentsSpec parts() {
            boolean paged = input.stream().anyMatch(i -> i.type() == InputSpec.Type.PDF);
            if (pages != null && paged == false) {
                throw new IllegalArgumentException(
                        "[pages] is there, but no item of [input] is of type [pdf]; remove it, or"
                                + " give a document");
            }
            return paged ? pages : moments;
        }
    }

    /**
     * Reads the body.
     *
     * @throws org.elasticsearch.xcontent.XContentParseException if a field is unknown or malformed
     */
    static EmbedAction.Request parse(XContentParser parser) throws IOException {
        Body body = PARSER.parse(parser, null);
        return new EmbedAction.Request(
                body.modelId,
                body.input,
                new EmbedOptions(body.role, body.instruction, body.sampling, false, body.parts())
                        .truncating(body.truncate == EmbedOptions.Truncate.END),
                body.timeout);
    }

    private static EmbedInput.Role role(String type) {
        return switch (type) {
            case "search" -> EmbedInput.Role.QUERY;
            case "search_moment" -> EmbedInput.Role.MOMENT;
            case "ingest" -> EmbedInput.Role.DOCUMENT;
            default ->
                    throw new IllegalArgumentException(
                            "unknown [input_type] ["
                                    + type
                                    + "]; it must be one of [search, search_moment, ingest]");
        };
    }

    /** Knows nothing yet. */
    public RestEmbedAction() {
        super("vidvec_embed_action", new Route(RestRequest.Method.POST, "/_vidvec/embed"));
    }

    @Override
    EmbedAction.Request read(RestRequest request, XContentParser parser) throws IOException {
        return parse(parser);
    }

    @Override
    void answer(EmbedAction.Request body, Client client, RestChannel channel) {
        client.execute(EmbedAction.INSTANCE, body, new RestToXContentListener<>(channel));
    }
}
