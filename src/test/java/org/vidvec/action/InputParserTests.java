package org.vidvec.action;

import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.vidvec.action.InputSpec.Type;

/** The three forms of an input. */
public class InputParserTests extends ESTestCase {

    public void testString() throws IOException {
        assertEquals(List.of(new InputSpec.Text("a dog")), parse("\"a dog\""));
    }

    public void testObject() throws IOException {
        assertEquals(
                List.of(new InputSpec.Text("a dog")),
                parse("{\"type\": \"text\", \"value\": \"a dog\"}"));
        assertEquals(
                List.of(
                        new InputSpec.Inline(
                                "input", Type.VIDEO, new BytesArray(new byte[] {1, 2, 3}))),
                parse("{\"type\": \"video\", \"format\": \"base64\", \"value\": \"AQID\"}"));
    }

    public void testList() throws IOException {
        assertEquals(
                List.of(
                        new InputSpec.Link(Type.VIDEO, new RepositoryUri("clips", "42.mp4")),
                        new InputSpec.Text("the same at night")),
                parse(
                        """
                        [
                          {"type": "video", "format": "url", "value": "repository://clips/42.mp4"},
                          "the same at night"
                        ]"""));
    }

    public void testWhatItWritesItReads() throws IOException {
        List<InputSpec> items =
                List.of(
                        new InputSpec.Text(randomAlphaOfLength(8)),
                        new InputSpec.Inline("input[1]", Type.IMAGE, WireSamples.bytes()),
                        new InputSpec.Link(Type.VIDEO, WireSamples.mediaUri()));
        StringBuilder json = new StringBuilder("[");
        for (InputSpec item : items) {
            json.append(json.length() == 1 ? "" : ",").append(Strings.toString(item));
        }
        assertEquals(items, parse(json + "]"));
    }

    public void testUnknownField() {
        assertRefused(
                "{\"type\": \"text\", \"value\": \"x\", \"weight\": 2}",
                "[input] unknown field [weight]");
    }

    public void testMissingFields() {
        assertRefused("{\"value\": \"x\"}", "Required [type]");
        assertRefused("{\"type\": \"text\"}", "Required [value]");
    }

    public void testEmptyList() {
        assertRefused("[]", "[input] must hold at least one item");
    }

    public void testOtherTokens() {
        assertRefused(
                "42",
                "[input] must be a string, an object [type, format, value] or a list of them, not"
                        + " [VALUE_NUMBER]");
        assertRefused("[[\"x\"]]", "[input[0]] must be a string");
    }

    public void testItemThatIsWrongIsNamed() {
        assertRefused(
                "[\"x\", {\"type\": \"video\", \"value\": \"no.file\"}]",
                "[input[1]] is not base64");
    }

    private static List<InputSpec> parse(String json) throws IOException {
        try (XContentParser parser =
                JsonXContent.jsonXContent.createParser(XContentParserConfiguration.EMPTY, json)) {
            parser.nextToken();
            return InputParser.parse(parser, "input");
        }
    }

    private static void assertRefused(String json, String message) {
        Throwable e = expectThrows(IllegalArgumentException.class, () -> parse(json));
        StringBuilder messages = new StringBuilder();
        for (; e != null; e = e.getCause()) {
            messages.append(e.getMessage()).append('\n');
        }
        assertThat(messages.toString(), containsString(message));
    }
}
