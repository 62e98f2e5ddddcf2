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
import org.vidvec.model.WriteOptions;

/**
 * {@code POST _vidvec/caption} and {@code POST _vidvec/ask}: a text about videos, images and texts.
 */
public final class RestGenerateAction extends RestPostAction<RestGenerateAction.Asked> {

    /** Time for a video and a hundred tokens on a busy node. */
    private static final TimeValue DEFAULT_TIMEOUT = TimeValue.timeValueMinutes(5);

    private static final String ASK = "/_vidvec/ask";

    private static final ObjectParser<Body, Void> PARSER =
            new ObjectParser<>("vidvec_generate", Body::new);

    static {
        PARSER.declareString((body, id) -> body.modelId = id, new ParseField("model_id"));
        PARSER.declareField(
                (body, input) -> body.input = input,
                (parser, context) -> InputParser.parse(parser, "input"),
                new ParseField("input"),
                ObjectParser.ValueType.VALUE_OBJECT_ARRAY);
        PARSER.declareString((body, text) -> body.question = text, new ParseField("question"));
        PARSER.declareObject(
                (body, sampling) -> body.sampling = sampling,
                (parser, context) -> SamplingSpec.parse(parser),
                new ParseField("sampling"));
        PARSER.declareInt((body, n) -> body.maxNewTokens = n, new ParseField("max_new_tokens"));
        PARSER.declareDouble((body, t) -> body.temperature = t, new ParseField("temperature"));
        PARSER.declareDouble((body, p) -> body.topP = p, new ParseField("top_p"));
        PARSER.declareLong((body, seed) -> body.seed = seed, new ParseField("seed"));
        PARSER.declareStringArray((body, stop) -> body.stop = stop, new ParseField("stop"));
        PARSER.declareString(
                (body, time) -> body.timeout = TimeValue.parseTimeValue(time, "timeout"),
                new ParseField("timeout"));
    }

    /** The body while it is read. */
    private static final class Body {
        private String modelId;
        private List<InputSpec> input = List.of();
        private String question;
        private SamplingSpec sampling;
        private Integer maxNewTokens;
        private double temperature = WriteOptions.DEFAULT.temperature();
        private double topP = WriteOptions.DEFAULT.topP();
        private long seed = WriteOptions.DEFAULT.seed();
        private List<String> stop = List.of();
        private TimeValue timeout = DEFAULT_TIMEOUT;

        private WriteOptions options() {
            if (maxNewTokens != null && maxNewTokens < 1) {
                throw new IllegalArgumentException(
                        "[max_new_tokens] must be at least [1], not [" + maxNewTokens + "]");
            }
            return new WriteOptions(
                    maxNewTokens == null ? 0 : maxNewTokens, temperature, topP, seed, stop);
        }
    }

    /**
     * Reads the body.
     *
     * @param asks whether it holds a question
     * @throws org.elasticsearch.xcontent.XContentParseException if a field is unknown or malformed
     * @throws IllegalArgumentException if a value is out of range, or the question is missing or
     *     too much
     */
    static GenerateAction.Request parse(XContentParser parser, boolean asks) throws IOException {
        Body body = PARSER.parse(parser, null);
        if (asks != (body.question != null)) {
            throw new IllegalArgumentException(
                    asks
                            ? "[question] is missing; say what is asked about [input]"
                            : "a caption has no [question]; send it to [POST _vidvec/ask]");
        }
        return new GenerateAction.Request(
                body.modelId,
                body.input,
                body.question,
                body.sampling,
                body.options(),
                body.timeout);
    }

    /**
     * What is asked.
     *
     * @param stream whether the text is wanted while it is written
     */
    record Asked(GenerateAction.Request request, boolean stream) {}

    private final TextStreams streams;

    /**
     * @param streams of this node
     */
    public RestGenerateAction(TextStreams streams) {
        super(
                "vidvec_generate_action",
                new Route(RestRequest.Method.POST, "/_vidvec/caption"),
                new Route(RestRequest.Method.POST, "/_vidvec/ask"));
        this.streams = streams;
    }

    @Override
    Asked read(RestRequest request, XContentParser parser) throws IOException {
        return new Asked(
                parse(parser, request.path().endsWith(ASK)),
                request.paramAsBoolean("stream", false));
    }

    @Override
    void answer(Asked body, Client client, RestChannel channel) {
        if (body.stream) {
            StreamedText text = new StreamedText(channel, streams);
            client.execute(GenerateAction.INSTANCE, body.request.heardBy(text.id()), text);
        } else {
            client.execute(
                    GenerateAction.INSTANCE, body.request, new RestToXContentListener<>(channel));
        }
    }
}
