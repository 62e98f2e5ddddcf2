package org.vidvec.search;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.elasticsearch.TransportVersion;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.search.vectors.QueryVectorBuilder;
import org.elasticsearch.xcontent.ObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;
import org.vidvec.action.EmbedAction;
import org.vidvec.action.EmbedOptions;
import org.vidvec.action.InputParser;
import org.vidvec.action.InputSpec;

/**
 * {@code query_vector_builder.vidvec}: embeds a text, image or video, or several of them together,
 * into the vector that a kNN search looks for. Works wherever Elasticsearch takes a query vector
 * builder: the {@code knn} section, the {@code knn} query and the {@code knn} retriever.
 */
public final class VidvecQueryVectorBuilder implements QueryVectorBuilder {

    /** Its name in requests. */
    public static final String NAME = "vidvec";

    /** How long a query may wait for its vector if the request does not say. */
    static final TimeValue DEFAULT_TIMEOUT = TimeValue.timeValueSeconds(30);

    private static final ParseField MODEL_ID = new ParseField("model_id");
    private static final ParseField INPUT = new ParseField("input");
    private static final ParseField INSTRUCTION = new ParseField("instruction");
    private static final ParseField TIMEOUT = new ParseField("timeout");
    private static final List<String> LATER = List.of("mode", "fusion", "context", "truncate");

    private static final ObjectParser<Draft, Void> PARSER = new ObjectParser<>(NAME, Draft::new);

    static {
        PARSER.declareString((draft, value) -> draft.modelId = value, MODEL_ID);
        PARSER.declareField(
                (draft, value) -> draft.input = value,
                (parser, context) -> InputParser.parse(parser, INPUT.getPreferredName()),
                INPUT,
                ObjectParser.ValueType.VALUE_OBJECT_ARRAY);
        PARSER.declareString((draft, value) -> draft.instruction = value, INSTRUCTION);
        PARSER.declareString(
                (draft, value) ->
                        draft.timeout = TimeValue.parseTimeValue(value, TIMEOUT.getPreferredName()),
                TIMEOUT);
        LaterOptions.refuse(PARSER, LATER);
    }

    private final String modelId;
    private final List<InputSpec> input;
    private final String instruction;
    private final TimeValue timeout;

    /**
     * @param modelId which model embeds
     * @param input embedded together into one vector, in order
     * @param instruction replaces the model's own; null for that
     * @param timeout how long the search may wait for the vector
     */
    public VidvecQueryVectorBuilder(
            String modelId, List<InputSpec> input, String instruction, TimeValue timeout) {
        this.modelId = Requirements.require("model_id", "the id of a model", modelId);
        this.input =
                List.copyOf(
                        Requirements.require(
                                "input",
                                "a text, an object [type, format, value] or a list of them",
                                input));
        this.instruction = instruction;
        this.timeout = Requirements.positive("timeout", timeout);
    }

    /** Reads what {@link #writeTo} wrote. */
    public VidvecQueryVectorBuilder(StreamInput in) throws IOException {
        modelId = in.readString();
        input = in.readCollectionAsImmutableList(InputSpec::readFrom);
        instruction = in.readOptionalString();
        timeout = in.readTimeValue();
    }

    /**
     * Reads the JSON.
     *
     * @throws IllegalArgumentException if an option is missing, unknown or out of range
     */
    public static VidvecQueryVectorBuilder fromXContent(XContentParser parser) {
        Draft draft = PARSER.apply(parser, null);
        return new VidvecQueryVectorBuilder(
                draft.modelId, draft.input, draft.instruction, draft.timeout);
    }

    /** Which model embeds. */
    public String modelId() {
        return modelId;
    }

    /** Embedded together into one vector, in order. */
    public List<InputSpec> input() {
        return input;
    }

    /** Replaces the model's own; null for that. */
    public String instruction() {
        return instruction;
    }

    /** How long the search may wait for the vector. */
    public TimeValue timeout() {
        return timeout;
    }

    @Override
    public void buildVector(Client client, ActionListener<float[]> listener) {
        EmbedAction.Request request =
                new EmbedAction.Request(modelId, input, EmbedOptions.query(instruction), timeout);
        client.execute(EmbedAction.INSTANCE, request, listener.map(EmbedAction.Response::vector));
    }

    @Override
    public String getWriteableName() {
        return NAME;
    }

    @Override
    public TransportVersion getMinimalSupportedVersion() {
        return TransportVersion.minimumCompatible();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(modelId);
        out.writeCollection(input);
        out.writeOptionalString(instruction);
        out.writeTimeValue(timeout);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject();
        builder.field(MODEL_ID.getPreferredName(), modelId);
        InputList.write(builder, INPUT.getPreferredName(), input, params);
        if (instruction != null) {
            builder.field(INSTRUCTION.getPreferredName(), instruction);
        }
        builder.field(TIMEOUT.getPreferredName(), timeout.getStringRep());
        return builder.endObject();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof VidvecQueryVectorBuilder other
                && modelId.equals(other.modelId)
                && input.equals(other.input)
                && Objects.equals(instruction, other.instruction)
                && timeout.equals(other.timeout);
    }

    @Override
    public int hashCode() {
        return Objects.hash(modelId, input, instruction, timeout);
    }

    /** What the parser has seen so far. */
    private static final class Draft {
        private String modelId;
        private List<InputSpec> input;
        private String instruction;
        private TimeValue timeout = DEFAULT_TIMEOUT;
    }
}
