package org.vidvec.search;

import static org.elasticsearch.xcontent.ConstructingObjectParser.optionalConstructorArg;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.ConstructingObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParseException;
import org.elasticsearch.xcontent.XContentParser;
import org.vidvec.action.InputParser;
import org.vidvec.action.InputSpec;
import org.vidvec.action.InputValue;

/**
 * One item of a query: what is at hand, or a stored document. One of the two is null.
 *
 * @param input at hand
 * @param lookup to be read when the search begins
 * @param weight in a weighted sum; null where none was given
 */
record QueryItem(InputSpec input, Lookup lookup, Float weight)
        implements Writeable, ToXContentObject {

    private static final ConstructingObjectParser<QueryItem, String> OBJECT =
            new ConstructingObjectParser<>("input", false, (args, name) -> of(args, name));

    static {
        for (String name : List.of("type", "format", "value", "index", "id", "path", "routing")) {
            OBJECT.declareString(optionalConstructorArg(), new ParseField(name));
        }
        OBJECT.declareFloat(optionalConstructorArg(), new ParseField("weight"));
    }

    /** Reads what {@link #writeTo} wrote. */
    QueryItem(StreamInput in) throws IOException {
        this(
                in.readOptional(InputSpec::readFrom),
                in.readOptionalWriteable(Lookup::new),
                in.readOptionalFloat());
    }

    /** What is at hand, without a weight. */
    static QueryItem of(InputSpec input) {
        return new QueryItem(input, null, null);
    }

    static List<QueryItem> of(List<InputSpec> inputs) {
        return inputs.stream().map(QueryItem::of).toList();
    }

    private static QueryItem of(Object[] args, String name) {
        String type = (String) args[0];
        Float weight = (Float) args[7];
        if (weight != null && Float.isFinite(weight) == false) {
            throw new IllegalArgumentException(
                    "[weight] of [" + name + "] must be a number, not [" + weight + "]");
        }
        if (Lookup.TYPE.equals(type)) {
            refuse(name, args, 1, "format", 2, "value");
            Lookup lookup =
                    new Lookup(
                            (String) args[3], (String) args[4], (String) args[5], (String) args[6]);
            return new QueryItem(null, lookup, weight);
        }
        refuse(name, args, 3, "index", 4, "id", 5, "path", 6, "routing");
        if (type == null || args[2] == null) {
            throw new IllegalArgumentException("[" + name + "] requires [type] and [value]");
        }
        InputSpec.Format format =
                args[1] == null ? null : InputSpec.Format.fromString((String) args[1]);
        InputSpec input =
                InputValue.read(name, InputSpec.Type.fromString(type), format, (String) args[2]);
        return new QueryItem(input, null, weight);
    }

    private static void refuse(String name, Object[] args, Object... indicesAndNames) {
        for (int i = 0; i < indicesAndNames.length; i += 2) {
            if (args[(Integer) indicesAndNames[i]] != null) {
                throw new IllegalArgumentException(
                        "["
                                + name
                                + "] of [type] ["
                                + args[0]
                                + "] has no ["
                                + indicesAndNames[i + 1]
                                + "]; a [lookup] takes [index, id, path, routing, weight], all"
                                + " others [format, value, weight]");
            }
        }
    }

    /**
     * Reads an item or a list of them. The parser stands on the first token.
     *
     * @param name what errors call it
     */
    static List<QueryItem> parse(XContentParser parser, String name) throws IOException {
        return InputParser.list(parser, name, QueryItem::item);
    }

    private static QueryItem item(XContentParser parser, String name) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> of(new InputSpec.Text(parser.text()));
            case START_OBJECT -> OBJECT.parse(parser, name);
            default ->
                    throw new XContentParseException(
                            parser.getTokenLocation(),
                            "["
                                    + name
                                    + "] must be a string, an object [type, format, value] or"
                                    + " [type, index, id, path], or a list of them, not ["
                                    + parser.currentToken()
                                    + "]");
        };
    }

    /** Whether it is a text. */
    boolean isText() {
        return input != null && input.type() == InputSpec.Type.TEXT;
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeOptionalWriteable(input);
        out.writeOptionalWriteable(lookup);
        out.writeOptionalFloat(weight);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        if (weight == null) {
            return lookup == null
                    ? input.toXContent(builder, params)
                    : lookup.toXContent(builder, params);
        }
        builder.startObject().field("weight", weight);
        if (lookup == null) {
            input.writeFields(builder);
        } else {
            lookup.writeFields(builder);
        }
        return builder.endObject();
    }

    /** One item as an object, several as a list. */
    static void write(XContentBuilder builder, String name, List<QueryItem> items, Params params)
            throws IOException {
        if (items.size() == 1) {
            builder.field(name);
            items.get(0).toXContent(builder, params);
            return;
        }
        builder.startArray(name);
        for (QueryItem item : items) {
            item.toXContent(builder, params);
        }
        builder.endArray();
    }
}
