package org.vidvec.search;

import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.get.GetRequest;
import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.get.GetResult;
import org.elasticsearch.test.AbstractXContentSerializingTestCase;
import org.elasticsearch.threadpool.TestThreadPool;
import org.elasticsearch.xcontent.XContentParseException;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.vidvec.action.EmbedAction;
import org.vidvec.action.EmbedOptions;
import org.vidvec.action.InputSpec;
import org.vidvec.action.ModelsAnswers;
import org.vidvec.action.QueryKind;

public class VidvecQueryVectorBuilderTests
        extends AbstractXContentSerializingTestCase<VidvecQueryVectorBuilder> {

    private static final String INPUT = "\"model_id\": \"m\", \"input\": \"a dog\"";

    private static QuerySpec spec() {
        List<QueryItem> input = Inputs.random("input");
        boolean weighted = randomBoolean();
        boolean words = input.stream().allMatch(QueryItem::isText);
        if (weighted) {
            input =
                    input.stream()
                            .map(i -> new QueryItem(i.input(), i.lookup(), randomWeight()))
                            .toList();
        }
        return new QuerySpec(
                randomBoolean() ? null : randomAlphaOfLength(5),
                input,
                new QuerySpec.Style(
                        randomFrom(QueryMode.RETRIEVAL, QueryMode.MOMENT),
                        weighted ? Fusion.WEIGHTED : Fusion.JOINT,
                        randomBoolean(),
                        randomFrom(EmbedOptions.Truncate.values())),
                words && weighted == false && randomBoolean()
                        ? new QueryItem(null, new Lookup("i", "1", "v", null), null)
                        : null,
                randomBoolean() ? null : randomAlphaOfLength(20),
                TimeValue.timeValueSeconds(between(1, 59)));
    }

    private static Float randomWeight() {
        return randomBoolean() ? null : randomFloat() - 0.5f;
    }

    @Override
    protected VidvecQueryVectorBuilder createTestInstance() {
        return new VidvecQueryVectorBuilder(spec());
    }

    @Override
    protected VidvecQueryVectorBuilder mutateInstance(VidvecQueryVectorBuilder instance) {
        QuerySpec it = instance.spec();
        List<QueryItem> other = List.of(QueryItem.of(new InputSpec.Text("of no random instance")));
        QuerySpec.Style style =
                new QuerySpec.Style(
                        it.style().mode(),
                        it.style().fusion(),
                        it.style().excludeSource() == false,
                        it.style().truncate());
        String model = it.modelId();
        QuerySpec changed =
                switch (between(0, 4)) {
                    case 0 -> with(it, model + "x", it.input(), it.style(), it.instruction());
                    case 1 -> with(it, model, other, it.style(), it.instruction());
                    case 2 -> with(it, model, it.input(), it.style(), it.instruction() + "x");
                    case 3 -> with(it, model, it.input(), style, it.instruction());
                    default ->
                            new QuerySpec(
                                    model,
                                    it.input(),
                                    it.style(),
                                    it.context(),
                                    it.instruction(),
                                    TimeValue.timeValueMinutes(7));
                };
        return new VidvecQueryVectorBuilder(changed);
    }

    private static QuerySpec with(
            QuerySpec it,
            String model,
            List<QueryItem> input,
            QuerySpec.Style style,
            String instruction) {
        return new QuerySpec(model, input, style, it.context(), instruction, it.timeout());
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
        assertEquals(List.of(QueryItem.of(new InputSpec.Text("a dog"))), builder.spec().input());
        assertEquals(TimeValue.timeValueSeconds(30), builder.spec().timeout());
        assertEquals(
                new QuerySpec.Style(
                        QueryMode.RETRIEVAL, Fusion.JOINT, true, EmbedOptions.Truncate.NONE),
                builder.spec().style());
        assertNull(builder.spec().instruction());
    }

    public void testListIsReadTogether() throws IOException {
        String video = "{\"type\": \"video\", \"format\": \"base64\", \"value\": \"AAAA\"}";
        VidvecQueryVectorBuilder builder =
                parse("\"model_id\": \"m\", \"input\": [" + video + ", \"but at night\"]");
        assertEquals(InputSpec.Type.VIDEO, builder.spec().input().get(0).input().type());
        assertEquals(new InputSpec.Text("but at night"), builder.spec().input().get(1).input());
    }

    public void testWhatIsMissingIsNamed() {
        assertThat(
                refusal("\"model_id\": \"m\""),
                containsString(
                        "[vidvec] requires [input]: a text, an object [type, format, value] or a"
                                + " list of them"));
    }

    public void testUnknownOptionIsNamed() {
        Exception e =
                expectThrows(XContentParseException.class, () -> parse(INPUT + ", \"foo\": 1"));
        assertThat(e.getMessage(), containsString("[vidvec] unknown field [foo]"));
    }

    public void testWhoNamesNoModelIsToldWhereItMayStand() throws IOException {
        try (TestThreadPool threads = new TestThreadPool(getTestName())) {
            AnsweringClient client = new AnsweringClient(threads, request -> vector(1));
            VidvecQueryVectorBuilder builder = parse("\"input\": \"a dog\"");
            Exception e =
                    expectThrows(IllegalArgumentException.class, () -> build(builder, client));
            assertThat(e.getMessage(), containsString("[vidvec] requires [model_id]: the id of"));
            builder.embedBy("m");
            assertArrayEquals(new float[] {1}, build(builder, client), 0);
        }
    }

    public void testTruncate() throws IOException {
        try (TestThreadPool threads = new TestThreadPool(getTestName())) {
            AnsweringClient client = new AnsweringClient(threads, request -> vector(1));
            build(parse(INPUT + ", \"truncate\": \"end\""), client);
            build(parse(INPUT + ", \"truncate\": \"none\""), client);
            assertTrue(((EmbedAction.Request) client.requests().get(0)).options().truncate());
            assertFalse(((EmbedAction.Request) client.requests().get(1)).options().truncate());
        }
        assertThat(
                refusal(INPUT + ", \"truncate\": \"start\""),
                containsString("unknown [truncate] [start]; it must be one of [none, end]"));
    }

    public void testAStoredDocumentAsInput() throws IOException {
        VidvecQueryVectorBuilder builder =
                parse(
                        """
                        "model_id": "m", "mode": "composed", "input": [
                          {"type": "lookup", "index": "videos", "id": "42", "path": "video"},
                          {"type": "text", "value": "the same scene but at night"}]
                        """);
        assertEquals(
                new Lookup("videos", "42", "video", null), builder.spec().input().get(0).lookup());
        assertEquals(List.of(new Lookup("videos", "42", "video", null)), builder.spec().excluded());
        assertThat(
                refusal("\"model_id\": \"m\", \"input\": {\"type\": \"lookup\", \"id\": \"1\"}"),
                containsString("[vidvec] requires [index]"));
        assertThat(
                refusal(
                        "\"model_id\": \"m\", \"input\": {\"type\": \"text\", \"value\": \"a\","
                                + " \"id\": \"1\"}"),
                containsString("[input] of [type] [text] has no [id]; a [lookup] takes"));
    }

    public void testAComposedQueryNeedsBothSides() {
        assertThat(
                refusal(
                        "\"model_id\": \"m\", \"mode\": \"composed\", \"input\":"
                                + " {\"type\": \"video\", \"value\": \"AAAA\"}"),
                containsString(
                        "[mode] [composed] requires a text among [input], which says what is to be"
                                + " different; add one, or set [mode] to [retrieval]"));
        assertThat(
                refusal(INPUT + ", \"mode\": \"composed\""),
                containsString(
                        "[mode] [composed] requires a video, an image or a [lookup] among [input],"
                                + " which the text changes"));
    }

    public void testWeightsNeedAWeightedFusion() throws IOException {
        String weighted =
                "\"model_id\": \"m\", \"input\": [\"a dog\","
                        + " {\"type\": \"text\", \"value\": \"snow\", \"weight\": -0.5}]";
        assertThat(
                refusal(weighted),
                containsString(
                        "[weight] has no meaning with [fusion] [joint], where the model reads all"
                                + " items in one pass; leave it out, or set [fusion] to"
                                + " [weighted]"));
        VidvecQueryVectorBuilder builder = parse(weighted + ", \"fusion\": \"weighted\"");
        assertEquals(-0.5f, builder.spec().input().get(1).weight(), 0);
        assertThat(
                refusal(INPUT + ", \"fusion\": \"mean\""),
                containsString("unknown [fusion] [mean]; it must be one of [joint, weighted]"));
        assertThat(
                refusal(INPUT + ", \"mode\": \"x\""),
                containsString(
                        "unknown [mode] [x]; it must be one of [retrieval, moment, composed]"));
    }

    public void testContextComesBeforeWords() throws IOException {
        String video = "{\"type\": \"video\", \"value\": \"AAAA\"}";
        VidvecQueryVectorBuilder builder =
                parse(INPUT + ", \"mode\": \"moment\", \"context\": " + video);
        assertEquals(
                List.of(InputSpec.Type.VIDEO, InputSpec.Type.TEXT),
                builder.spec().all().stream().map(item -> item.input().type()).toList());
        assertThat(
                refusal("\"model_id\": \"m\", \"input\": " + video + ", \"context\": " + video),
                containsString(
                        "[context] must be a video, an image or a [lookup] before an [input] of"
                                + " texts, with [fusion] [joint]"));
    }

    public void testTimeoutMustBePositive() {
        assertThat(
                refusal(INPUT + ", \"timeout\": \"0s\""),
                containsString(
                        "[timeout] must be longer than [0ms], not [0s]; leave it out for the"
                                + " default"));
    }

    private static EmbedAction.Response vector(float... vector) {
        return new EmbedAction.Response(vector, 5, ModelsAnswers.model("m", "f"), null);
    }

    private static float[] build(VidvecQueryVectorBuilder builder, AnsweringClient client) {
        PlainActionFuture<float[]> future = new PlainActionFuture<>();
        builder.buildVector(client, future);
        return future.actionGet(TimeValue.timeValueSeconds(30));
    }

    public void testBuildVectorAsksForAQueryVector() throws IOException {
        try (TestThreadPool threads = new TestThreadPool(getTestName())) {
            AnsweringClient client = new AnsweringClient(threads, request -> vector(0.6f, 0.8f));
            VidvecQueryVectorBuilder builder =
                    parse(INPUT + ", \"mode\": \"moment\", \"instruction\": \"Look.\"");
            assertArrayEquals(new float[] {0.6f, 0.8f}, build(builder, client), 0);
            assertEquals(
                    List.of(
                            new EmbedAction.Request(
                                    "m",
                                    List.of(new InputSpec.Text("a dog")),
                                    EmbedOptions.query(QueryKind.MOMENT, "Look."),
                                    TimeValue.timeValueSeconds(30))),
                    client.requests());
        }
    }

    public void testAWeightedSumOfVectorsOfTheirOwn() throws IOException {
        try (TestThreadPool threads = new TestThreadPool(getTestName())) {
            AnsweringClient client =
                    new AnsweringClient(
                            threads,
                            request -> {
                                EmbedAction.Request embed = (EmbedAction.Request) request;
                                InputSpec.Text text = (InputSpec.Text) embed.items().get(0);
                                return text.value().equals("dog") ? vector(1, 0) : vector(0, 1);
                            });
            VidvecQueryVectorBuilder builder =
                    parse(
                            """
                            "model_id": "m", "fusion": "weighted", "input": ["dog",
                              {"type": "text", "value": "crowd", "weight": -0.75}]
                            """);
            // (1, -0.75) / 1.25
            assertArrayEquals(new float[] {0.8f, -0.6f}, build(builder, client), 1e-6f);
            assertEquals(2, client.requests().size());
            VidvecQueryVectorBuilder nothing =
                    parse(
                            """
                            "model_id": "m", "fusion": "weighted", "input": ["dog",
                              {"type": "text", "value": "dog", "weight": -1}]
                            """);
            Exception e = expectThrows(Exception.class, () -> build(nothing, client));
            assertThat(e.getMessage(), containsString("cancel each other out"));
        }
    }

    public void testADocumentIsReadFirst() throws IOException {
        try (TestThreadPool threads = new TestThreadPool(getTestName())) {
            AnsweringClient client =
                    new AnsweringClient(
                            threads,
                            request ->
                                    request instanceof GetRequest get
                                            ? document(get, "{\"vidvec\": {\"frames\": \"AQID\"}}")
                                            : vector(1, 0));
            VidvecQueryVectorBuilder builder =
                    parse(
                            """
                            "model_id": "m", "mode": "composed", "input": [
                              {"type": "lookup", "index": "i", "id": "1", "path": "vidvec"}, "at night"]
                            """);
            build(builder, client);
            EmbedAction.Request embed = (EmbedAction.Request) client.requests().get(1);
            assertEquals(
                    List.of(
                            new InputSpec.Frames(
                                    "i/1/vidvec.frames", new BytesArray(new byte[] {1, 2, 3})),
                            new InputSpec.Text("at night")),
                    embed.items());
            AnsweringClient empty =
                    new AnsweringClient(threads, request -> document((GetRequest) request, null));
            Exception e = expectThrows(Exception.class, () -> build(builder, empty));
            assertThat(
                    e.getMessage(),
                    containsString(
                            "there is no document [1] in index [i] for the [lookup] of the query"));
            AnsweringClient bare =
                    new AnsweringClient(threads, request -> document((GetRequest) request, "{}"));
            e = expectThrows(Exception.class, () -> build(builder, bare));
            assertThat(
                    e.getMessage(),
                    containsString("the [lookup] of [i/1] finds no media in [vidvec]"));
        }
    }

    private static GetResponse document(GetRequest get, String source) {
        return new GetResponse(
                new GetResult(
                        get.index(),
                        get.id(),
                        source == null ? -2 : 0,
                        source == null ? 0 : 1,
                        source == null ? -1 : 1,
                        source != null,
                        source == null ? null : new BytesArray(source),
                        Map.of(),
                        Map.of()));
    }
}
