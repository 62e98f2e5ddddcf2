package org.vidvec.action;

import static org.elasticsearch.xcontent.ConstructingObjectParser.constructorArg;
import static org.elasticsearch.xcontent.ConstructingObjectParser.optionalConstructorArg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.common.CheckedBiFunction;
import org.elasticsearch.xcontent.ConstructingObjectParser;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentParseException;
import org.elasticsearch.xcontent.XContentParser;

/**
 * Reads an input in any of the three forms of the host's {@code embedding} builder: a string (a
 * text), an object {@code {"type", "format", "value"}}, or a list of both, embedded together.
 */
public final class InputParser {

    private static final ConstructingObjectParser<InputSpec, String> OBJECT =
            new ConstructingObjectParser<>(
                    "input",
                    false,
                    (args, name) ->
                            InputValue.read(
                                    name,
                                    (InputSpec.Type) args[0],
                                    (InputSpec.Format) args[1],
                                    (String) args[2]));

    static {
        OBJECT.declareString(constructorArg(), InputSpec.Type::fromString, new ParseField("type"));
        OBJECT.declareString(
                optionalConstructorArg(), InputSpec.Format::fromString, new ParseField("format"));
        OBJECT.declareString(constructorArg(), new ParseField("value"));
    }

    private InputParser() {}

    /**
     * Reads an input. The parser stands on its first token.
     *
     * @param name what errors call it, for example {@code input}
     * @throws XContentParseException if it has none of the three forms, or an unknown field
     */
    public static List<InputSpec> parse(XContentParser parser, String name) throws IOException {
        return list(parser, name, InputParser::item);
    }

    /**
     * Reads an item or a list of them. The parser stands on the first token.
     *
     * @param name what errors call it; an item of a list is called by its place
     * @param item reads one, given its name
     * @throws XContentParseException if the list is empty
     */
    public static <T> List<T> list(
            XContentParser parser,
            String name,
            CheckedBiFunction<XContentParser, String, T, IOException> item)
            throws IOException {
        if (parser.currentToken() != XContentParser.Token.START_ARRAY) {
            return List.of(item.apply(parser, name));
        }
        List<T> items = new ArrayList<>();
        while (parser.nextToken() != XContentParser.Token.END_ARRAY) {
            items.add(item.apply(parser, name + "[" + items.size() + "]"));
        }
        if (items.isEmpty()) {
            throw new XContentParseException(
                    parser.getTokenLocation(), "[" + name + "] must hold at least one item");
        }
        return List.copyOf(items);
    }

    private static InputSpec item(XContentParser parser, String name) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> new InputSpec.Text(parser.text());
            case START_OBJECT -> OBJECT.parse(parser, name);
            default ->
                    throw new XContentParseException(
                            parser.getTokenLocation(),
                            "["
                                    + name
                                    + "] must be a string, an object [type, format, value] or a"
                                    + " list of them, not ["
                                    + parser.currentToken()
                                    + "]");
        };
    }
}
