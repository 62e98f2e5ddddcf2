package org.vidvec.action;

import java.io.IOException;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.vidvec.model.WriteOptions;

public class GenerateRequestTests extends AbstractWireSerializingTestCase<GenerateAction.Request> {

    @Override
    protected Writeable.Reader<GenerateAction.Request> instanceReader() {
        return GenerateAction.Request::new;
    }

    @Override
    protected GenerateAction.Request createTestInstance() {
        return WireSamples.generateRequest();
    }

    @Override
    protected GenerateAction.Request mutateInstance(GenerateAction.Request it) {
        return switch (between(0, 5)) {
            case 0 -> with(it, it.modelId() + "x", it.question(), it.sampling(), it.options());
            case 1 -> with(it, it.modelId(), it.question() + "x", it.sampling(), it.options());
            case 2 ->
                    with(
                            it,
                            it.modelId(),
                            it.question(),
                            randomValueOtherThan(it.sampling(), WireSamples::sampling),
                            it.options());
            case 3 ->
                    with(
                            it,
                            it.modelId(),
                            it.question(),
                            it.sampling(),
                            randomValueOtherThan(it.options(), WireSamples::writeOptions));
            case 4 ->
                    new GenerateAction.Request(
                            it.modelId(),
                            randomValueOtherThan(it.items(), WireSamples::inputSpecs),
                            it.question(),
                            it.sampling(),
                            it.options(),
                            it.timeout());
            default -> it.within(randomValueOtherThan(it.timeout(), WireSamples::timeout));
        };
    }

    private static GenerateAction.Request with(
            GenerateAction.Request it,
            String model,
            String question,
            SamplingSpec sampling,
            WriteOptions options) {
        return new GenerateAction.Request(
                model, it.items(), question, sampling, options, it.timeout());
    }

    private static GenerateAction.Request parse(String body, boolean asks) throws IOException {
        try (XContentParser parser =
                JsonXContent.jsonXContent.createParser(
                        org.elasticsearch.xcontent.XContentParserConfiguration.EMPTY, body)) {
            return RestGenerateAction.parse(parser, asks);
        }
    }

    public void testBodies() throws IOException {
        GenerateAction.Request caption =
                parse("{\"model_id\": \"m\", \"input\": \"words\"}", false);
        assertNull(caption.question());
        assertEquals(WriteOptions.DEFAULT, caption.options());
        GenerateAction.Request ask =
                parse(
                        "{\"model_id\": \"m\", \"input\": \"words\", \"question\": \"who?\","
                                + " \"max_new_tokens\": 9, \"temperature\": 0.5, \"top_p\": 0.25,"
                                + " \"seed\": 3, \"stop\": [\".\"]}",
                        true);
        assertEquals("who?", ask.question());
        assertEquals(new WriteOptions(9, 0.5, 0.25, 3, java.util.List.of(".")), ask.options());
    }

    public void testRefusals() {
        String words = "{\"model_id\": \"m\", \"input\": \"words\"";
        assertRefused(words + "}", true, "[question] is missing; say what is asked about [input]");
        assertRefused(
                words + ", \"question\": \"who?\"}",
                false,
                "a caption has no [question]; send it to [POST _vidvec/ask]");
        assertRefused(
                words + ", \"max_new_tokens\": 0}",
                false,
                "[max_new_tokens] must be at least [1], not [0]");
        assertRefused(
                words + ", \"max_new_tokens\": 5000}",
                false,
                "[max_new_tokens] must be [1] to [4096], not [5000]");
        assertRefused(
                words + ", \"top_p\": 0}",
                false,
                "[top_p] must be above [0] and at most [1], not [0.0]");
    }

    private static void assertRefused(String body, boolean asks, String message) {
        Exception e = expectThrows(IllegalArgumentException.class, () -> parse(body, asks));
        assertEquals(message, e.getMessage());
    }
}
