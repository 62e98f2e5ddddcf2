package org.vidvec.search;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.xcontent.ObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;
import org.vidvec.action.EmbedOptions;
import org.vidvec.action.MergeParser;
import org.vidvec.moments.SeedAndMerge;

/**
 * {@code ext.vidvec.moments}: the segments of each hit that answer a query.
 *
 * @param modelId which model embedded the field; null for that of the search's query, of the
 *     mapping, or of the search's rescore
 * @param query what is searched for in each hit
 * @param field the processor's target field
 * @param size segments of a hit, at most
 * @param merge how windows become segments
 * @param timeout for the query's vector
 */
record MomentsRequest(
        String modelId,
        List<QueryItem> query,
        String field,
        int size,
        SeedAndMerge merge,
        TimeValue timeout)
        implements Writeable, ToXContentObject {

    private static final int DEFAULT_SIZE = 3;

    private static final ObjectParser<Draft, Void> PARSER =
            new ObjectParser<>("ext.vidvec.moments", Draft::new);

    static {
        PARSER.declareString((draft, value) -> draft.modelId = value, new ParseField("model_id"));
        PARSER.declareField(
                (draft, value) -> draft.query = value,
                (parser, context) -> QueryItem.parse(parser, "query"),
                new ParseField("query"),
                ObjectParser.ValueType.VALUE_OBJECT_ARRAY);
        PARSER.declareString((draft, value) -> draft.field = value, new ParseField("field"));
        PARSER.declareInt((draft, value) -> draft.size = value, new ParseField("size"));
        MergeParser.declare(PARSER, draft -> draft.merge);
        PARSER.declareString(
                (draft, value) -> draft.timeout = TimeValue.parseTimeValue(value, "timeout"),
                new ParseField("timeout"));
    }

    /**
     * @throws IllegalArgumentException if something is missing or out of range
     */
    MomentsRequest {
        Requirements.require("query", "a text, an object or a list of them", query);
        Requirements.positive("timeout", timeout);
        query = List.copyOf(query);
        if (size < 1) {
            throw new IllegalArgumentException("[size] must be at least [1], not [" + size + "]");
        }
    }

    /** Reads what {@link #writeTo} wrote. */
    MomentsRequest(StreamInput in) throws IOException {
        this(
                in.readOptionalString(),
                in.readCollectionAsImmutableList(QueryItem::new),
                in.readString(),
                in.readVInt(),
                MergeParser.read(in),
                in.readTimeValue());
    }

    /** Reads the JSON. The parser stands on its start. */
    static MomentsRequest parse(XContentParser parser) {
        Draft draft = PARSER.apply(parser, null);
        return new MomentsRequest(
                draft.modelId,
                draft.query,
                draft.field,
                draft.size,
                draft.merge.settings(),
                draft.timeout);
    }

    /** The nested field with the windows. */
    String path() {
        return field + ".moments";
    }

    /** The vectors of the windows. */
    String embedding() {
        return path() + ".embedding";
    }

    /** What the query's vector is made of. */
    QuerySpec vector(String model) {
        return new QuerySpec(
                model,
                query,
                new QuerySpec.Style(
                        QueryMode.MOMENT, Fusion.JOINT, false, EmbedOptions.Truncate.NONE),
                null,
                null,
                timeout);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeOptionalString(modelId);
        out.writeCollection(query);
        out.writeString(field);
        out.writeVInt(size);
        MergeParser.write(out, merge);
        out.writeTimeValue(timeout);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject();
        if (modelId != null) {
            builder.field("model_id", modelId);
        }
        QueryItem.write(builder, "query", query, params);
        builder.field("field", field).field("size", size);
        MergeParser.toXContent(builder, merge);
        return builder.field("timeout", timeout.getStringRep()).endObject();
    }

    /** What the parser has seen so far. */
    private static final class Draft {
        private String modelId;
        private List<QueryItem> query;
        private String field = RescoreSpec.DEFAULT_FIELD;
        private int size = DEFAULT_SIZE;
        private final MergeParser.Draft merge = new MergeParser.Draft();
        private TimeValue timeout = QuerySpec.DEFAULT_TIMEOUT;
    }
}
