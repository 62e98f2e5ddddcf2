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
import org.vidvec.action.EmbedOptions;

/**
 * {@code query_vector_builder.vidvec}: embeds a text, image or video, or several of them together,
 * into the vector that a kNN search looks for. Works wherever Elasticsearch takes a query vector
 * builder: the {@code knn} section, the {@code knn} query and the {@code knn} retriever.
 */
public final class VidvecQueryVectorBuilder implements QueryVectorBuilder {

    /** Its name in requests. */
    public static final String NAME = "vidvec";

    /** Always in its JSON, and in that of no other builder. */
    static final String EXCLUDE_SOURCE = "exclude_source";

    private static final ObjectParser<Draft, Void> PARSER = new ObjectParser<>(NAME, Draft::new);

    static {
        PARSER.declareString((draft, value) -> draft.modelId = value, new ParseField("model_id"));
        PARSER.declareField(
                (draft, value) -> draft.input = value,
                (parser, context) -> QueryItem.parse(parser, "input"),
                new ParseField("input"),
                ObjectParser.ValueType.VALUE_OBJECT_ARRAY);
        PARSER.declareField(
                (draft, value) -> draft.context = value,
                (parser, context) -> QueryItem.parse(parser, "context").get(0),
                new ParseField("context"),
                ObjectParser.ValueType.OBJECT);
        PARSER.declareString(
                (draft, value) -> draft.instruction = value, new ParseField("instruction"));
        PARSER.declareString(
                (draft, value) -> draft.mode = value,
                QueryMode::fromString,
                new ParseField("mode"));
        PARSER.declareString(
                (draft, value) -> draft.fusion = value,
                Fusion::fromString,
                new ParseField("fusion"));
        PARSER.declareBoolean(
                (draft, value) -> draft.excludeSource = value, new ParseField(EXCLUDE_SOURCE));
        PARSER.declareString(
                (draft, value) -> draft.timeout = TimeValue.parseTimeValue(value, "timeout"),
                new ParseField("timeout"));
        PARSER.declareString(
                (draft, value) -> draft.truncate = value,
                EmbedOptions.Truncate::fromString,
                new ParseField("truncate"));
    }

    // replaced once, where the field's mapping names the model: before the vector is made
    private volatile QuerySpec spec;

    VidvecQueryVectorBuilder(QuerySpec spec) {
        this.spec = Objects.requireNonNull(spec);
    }

    /** Reads what {@link #writeTo} wrote. */
    public VidvecQueryVectorBuilder(StreamInput in) throws IOException {
        spec = new QuerySpec(in);
    }

    /**
     * Reads the JSON.
     *
     * @throws IllegalArgumentException if an option is missing, unknown or out of range
     */
    public static VidvecQueryVectorBuilder fromXContent(XContentParser parser) {
        return new VidvecQueryVectorBuilder(PARSER.apply(parser, null).spec());
    }

    /** What it asks for. */
    QuerySpec spec() {
        return spec;
    }

    /** Names the model, where the request did not. */
    void embedBy(String model) {
        spec = spec.by(model);
    }

    @Override
    public void buildVector(Client client, ActionListener<float[]> listener) {
        ActionListener.run(listener, l -> new QueryVector(client, spec).make(l));
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
        spec.writeTo(out);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject();
        spec.toXContent(builder, params);
        return builder.endObject();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof VidvecQueryVectorBuilder other && spec.equals(other.spec);
    }

    @Override
    public int hashCode() {
        return spec.hashCode();
    }

    /** What the parser has seen so far. */
    private static final class Draft {
        private String modelId;
        private List<QueryItem> input;
        private QueryItem context;
        private String instruction;
        private QueryMode mode = QuerySpec.Style.DEFAULT.mode();
        private Fusion fusion = QuerySpec.Style.DEFAULT.fusion();
        private boolean excludeSource = QuerySpec.Style.DEFAULT.excludeSource();
        private EmbedOptions.Truncate truncate = QuerySpec.Style.DEFAULT.truncate();
        private TimeValue timeout = QuerySpec.DEFAULT_TIMEOUT;

        QuerySpec spec() {
            return new QuerySpec(
                    modelId,
                    input,
                    new QuerySpec.Style(mode, fusion, excludeSource, truncate),
                    context,
                    instruction,
                    timeout);
        }
    }
}
