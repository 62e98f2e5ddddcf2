package org.vidvec.search;

import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.test.AbstractXContentSerializingTestCase;
import org.elasticsearch.threadpool.TestThreadPool;
import org.elasticsearch.xcontent.XContentParseException;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.vidvec.action.EmbedAction;
import org.vidvec.action.EmbedOptions;
import org.vidvec.action.InputSpec;
import org.vidvec.action.ModelsAnswers;

public class VidvecQueryVectorBuilderTests
        extends AbstractXContentSerializingTestCase<VidvecQueryVectorBuilder> {

    private static final String INPUT = "\"model_id\": \"m\", \"input\": \"a dog\"";

    @Override
    protected VidvecQueryVectorBuilder createTestInstance() {
        return new VidvecQueryVectorBuilder(
                randomAlphaOfLength(5),
                Inputs.random("input"),
                randomBoolean() ? null : randomAlphaOfLength(20),
                TimeValue.timeValueSeconds(between(1, 59)));
    }

    @Override
    protected VidvecQueryVectorBuilder mutateInstance(VidvecQueryVectorBuilder it) {
        List<InputSpec> other = List.of(new InputSpec.Text("of no random instance"));
        return switch (between(0, 3)) {
            case 0 ->
                    new VidvecQueryVectorBuilder(
                            it.modelId() + "x", it.input(), it.instruction(), it.timeout());
            case 1 ->
                    new VidvecQueryVectorBuilder(
                            it.modelId(), other, it.instruction(), it.timeout());
            case 2 ->
                    new VidvecQueryVectorBuilder(
                            it.modelId(), it.input(), it.instruction() + "x", it.timeout());
            default ->
                    new VidvecQueryVectorBuilder(
                            it.modelId(),
                            it.input(),
                            it.instruction(),
                            TimeValue.timeValueMinutes(7));
        };
    }

    @Override
    protected Writeable.Reader<VidvecQueryVectorBuilder> instanceReader() {
        return VidvecQueryVectorBuilder::new;
    }

    @Override
    protected VidvecQueryVectorBuilder doParseInstance(XContentParser parser) {
        return VidvecQueryVectorBuilder.fromXContent(parser);
    }

    private VidvecQueryVectorBuilder parse(String options) throws IOException {
        try (XContentParser parser = createParser(JsonXContent.jsonXContent, "{" + options + "}")) {
            return VidvecQueryVectorBuilder.fromXContent(parser);
        }
    }

    private String refusal(String options) {
        Exception e = expectThrows(IllegalArgumentException.class, () -> parse(options));
        Throwable root = ExceptionsHelper.unwrapCause(e);
        StringBuilder messages = new StringBuilder();
        for (Throwable t = root; t != null; t = t.getCause()) {
            messages.append(t.getMessage()).append('\n');
        }
        return messages.toString();
    }

    public void testStringIsAText() throws IOException {
        VidvecQueryVectorBuilder builder = parse(INPUT);
        assertEquals(List.of(new InputSpec.Text("a dog")), builder.input());
        assertEquals(VidvecQueryVectorBuilder.DEFAULT_TIMEOUT, builder.timeout());
        assertNull(builder.instruction());
    }

    public void testListIsReadTogether() throws IOException {
        String video = "{\"type\": \"video\", \"format\": \"base64\", \"value\": \"AAAA\"}";
        VidvecQueryVectorBuilder builder =
                parse("\"model_id\": \"m\", \"input\": [" + video + ", \"but at night\"]");
        assertEquals(InputSpec.Type.VIDEO, builder.input().get(0).type());
        assertEquals(new InputSpec.Text("but at night"), builder.input().get(1));
    }

    public void testWhatIsMissingIsNamed() {
        assertThat(
                refusal("\"model_id\": \"m\""),
                containsString(
                        "[vidvec] requires [input]: a text, an object [type, format, value] or a"
                                + " list of them"));
        assertThat(
                refusal("\"input\": \"x\""),
                containsString("[vidvec] requires [model_id]: the id of a model"));
    }

    public void testUnknownOptionIsNamed() {
        Exception e =
                expectThrows(XContentParseException.class, () -> parse(INPUT + ", \"foo\": 1"));
        assertThat(e.getMessage(), containsString("[vidvec] unknown field [foo]"));
    }

    public void testLaterOptionsAreRefusedByName() {
        for (String option : List.of("mode", "fusion", "context", "truncate")) {
            String value = option.equals("context") ? "{}" : "\"x\"";
            assertThat(
                    refusal(INPUT + ", \"" + option + "\": " + value),
                    containsString("[" + option + "] comes with a later version; leave it out"));
        }
    }

    public void testStoredDocumentAsInputComesLater() {
        String item = "{\"type\": \"lookup\", \"index\": \"videos\", \"id\": \"42\"}";
        assertThat(
                refusal("\"model_id\": \"m\", \"input\": [" + item + "]"),
                containsString("[type] [lookup] comes with a later version; it must be one of"));
    }

    public void testTimeoutMustBePositive() {
        assertThat(
                refusal(INPUT + ", \"timeout\": \"0s\""),
                containsString(
                        "[timeout] must be longer than [0ms], not [0s]; leave it out for the"
                                + " default"));
    }

    public void testBuildVectorAsksForAQueryVector() {
        try (TestThreadPool threads = new TestThreadPool(getTestName())) {
            float[] vector = {0.6f, 0.8f};
            AnsweringClient client =
                    new AnsweringClient(
                            threads,
                            request ->
                                    new EmbedAction.Response(
                                            vector, 5, ModelsAnswers.model("m", "f"), null));
            VidvecQueryVectorBuilder builder = createTestInstance();
            PlainActionFuture<float[]> future = new PlainActionFuture<>();
            builder.buildVector(client, future);
            assertArrayEquals(vector, future.actionGet(), 0);
            assertEquals(
                    new EmbedAction.Request(
                            builder.modelId(),
                            builder.input(),
                            EmbedOptions.query(builder.instruction()),
                            builder.timeout()),
                    client.requests().get(0));
        }
    }
}
