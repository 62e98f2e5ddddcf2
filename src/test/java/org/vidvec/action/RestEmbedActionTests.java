package org.vidvec.action;

import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.vidvec.media.Sampling;
import org.vidvec.model.EmbedInput;
import org.vidvec.moments.Aggregate;

/** The body of {@code POST _vidvec/embed}. */
public class RestEmbedActionTests extends ESTestCase {

    public void testSmallest() throws IOException {
        EmbedAction.Request request = parse("{\"model_id\": \"tiny\", \"input\": \"a dog\"}");
        assertEquals(
                new EmbedAction.Request(
                        "tiny",
                        List.of(new InputSpec.Text("a dog")),
                        EmbedOptions.query(null),
                        TimeValue.timeValueMinutes(1)),
                request);
        assertNull(request.validate());
    }

    public void testWhole() throws IOException {
        assertEquals(
                new EmbedAction.Request(
                        "tiny",
                        List.of(
                                new InputSpec.Link(
                                        InputSpec.Type.VIDEO, new RepositoryUri("clips", "a.mp4")),
                                new InputSpec.Text("at night")),
                        new EmbedOptions(
                                EmbedInput.Role.DOCUMENT,
                                "Look.",
                                new SamplingSpec(new Sampling.Fps(1.0, 30)),
                                false),
                        TimeValue.timeValueSeconds(5)),
                parse(
                        """
                        {
                          "model_id": "tiny",
                          "input": [
                            {"type": "video", "format": "url", "value": "repository://clips/a.mp4"},
                            {"type": "text", "value": "at night"}
                          ],
                          "input_type": "ingest",
                          "instruction": "Look.",
                          "sampling": {"strategy": "fps", "fps": 1, "max_frames": 30},
                          "timeout": "5s"
                        }"""));
    }

    public void testRefusals() {
        assertRefused("{\"foo\": 1}", "[vidvec_embed] unknown field [foo]");
        assertRefused(
                "{\"input_type\": \"document\"}",
                "unknown [input_type] [document]; it must be one of [search, search_moment, ingest]");
        assertRefused("{\"timeout\": \"soon\"}", "failed to parse setting [timeout]");
    }

    public void testPagesOfADocument() throws IOException {
        String pdf = "\"input\": {\"type\": \"pdf\", \"format\": \"base64\", \"value\": \"AAAA\"}";
        assertEquals(MomentsSpec.PAGES, parse("{\"pages\": {}, " + pdf + "}").options().moments());
        MomentsSpec merged =
                parse("{\"pages\": {\"aggregate\": \"max\"}, " + pdf + "}").options().moments();
        assertEquals(Aggregate.MAX, merged.aggregate());
        assertTrue(merged.keep());
        assertNull(parse("{" + pdf + "}").options().moments());
        assertRefused(
                "{\"pages\": {}, \"input\": \"a dog\"}",
                "[pages] is there, but no item of [input] is of type [pdf]");
        assertRefused("{\"pages\": {\"stride\": 1}}", "unknown field [stride]");
    }

    public void testMissing() throws IOException {
        ActionRequestValidationException e = parse("{}").validate();
        assertThat(e.getMessage(), containsString("[model_id] is missing"));
        assertThat(e.getMessage(), containsString("[input] must hold at least one item"));
    }

    public void testTimeoutsThatCantBeWaitedFor() throws IOException {
        for (String time : List.of("0ms", "-1", "8d", "200000d")) {
            String json = "{\"model_id\": \"a\", \"input\": \"b\", \"timeout\": \"" + time + "\"}";
            assertThat(
                    parse(json).validate().getMessage(),
                    containsString("[timeout] must be more than [0ms] and at most [7d], not ["));
        }
    }

    private static EmbedAction.Request parse(String json) throws IOException {
        try (XContentParser parser =
                JsonXContent.jsonXContent.createParser(XContentParserConfiguration.EMPTY, json)) {
            return RestEmbedAction.parse(parser);
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
