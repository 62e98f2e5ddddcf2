package org.vidvec.search;

import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.elasticsearch.index.query.Rewriteable;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.rescore.RescorerBuilder;
import org.elasticsearch.test.AbstractXContentSerializingTestCase;
import org.elasticsearch.threadpool.TestThreadPool;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.elasticsearch.xcontent.XContentParseException;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.vidvec.action.CalibrationSpec;
import org.vidvec.action.InputSpec;
import org.vidvec.action.ModelsAction;
import org.vidvec.action.ModelsAnswers;
import org.vidvec.action.RerankMode;
import org.vidvec.model.Calibration;
import org.vidvec.model.CardCalibration;

public class VidvecRescorerBuilderTests
        extends AbstractXContentSerializingTestCase<VidvecRescorerBuilder> {

    private static final String QUERY = "\"model_id\": \"m\", \"query\": \"a dog\"";

    @Override
    protected NamedXContentRegistry xContentRegistry() {
        return SearchSources.PARSERS;
    }

    private static CalibrationSpec randomCalibration() {
        Calibration kind = randomFrom(Calibration.values());
        boolean dual = kind == Calibration.DUAL_SOFTMAX;
        return new CalibrationSpec(
                kind,
                dual ? List.of("a cat", "a train") : List.of(),
                // whole powers of two survive the way over one over it
                dual ? randomFrom(1.0, 4.0, 0.5) : 1);
    }

    private static TextWeights randomTexts() {
        return randomBoolean()
                ? TextWeights.NONE
                : new TextWeights(Map.of(randomAlphaOfLength(4), randomFloat(), "title", 0f));
    }

    private static Keeping randomKeeping() {
        return new Keeping(randomBoolean() ? null : randomFloat(), randomBoolean());
    }

    @Override
    protected VidvecRescorerBuilder createTestInstance() {
        ScoreMode mode = randomFrom(ScoreMode.values());
        float queryWeight = mode == ScoreMode.REPLACE ? 1 : randomFloat();
        RescoreSpec spec =
                new RescoreSpec(
                        randomAlphaOfLength(5),
                        Inputs.random("query.input"),
                        randomAlphaOfLength(6),
                        randomFrom(InputSpec.Type.values()),
                        randomTexts(),
                        RerankMode.POINTWISE,
                        randomBoolean() ? null : randomCalibration(),
                        new ScoreBlend(mode, queryWeight, randomFloat()),
                        TimeValue.timeValueSeconds(between(1, 59)),
                        randomKeeping());
        VidvecRescorerBuilder builder = new VidvecRescorerBuilder(spec, SearchSources.SERVICES);
        return randomBoolean() ? builder : builder.windowSize(between(1, 100));
    }

    @Override
    protected VidvecRescorerBuilder mutateInstance(VidvecRescorerBuilder it) {
        RescoreSpec s = it.spec();
        List<QueryItem> query = List.of(QueryItem.of(new InputSpec.Text("of no random instance")));
        ScoreBlend blend = new ScoreBlend(ScoreMode.TOTAL, 7, 8);
        TimeValue time = TimeValue.timeValueMinutes(7);
        Keeping allow = s.keeping();
        RescoreSpec changed =
                switch (between(0, 7)) {
                    case 0 ->
                            new RescoreSpec(
                                    "other",
                                    s.query(),
                                    s.field(),
                                    s.type(),
                                    s.calibration(),
                                    s.blend(),
                                    s.timeout(),
                                    allow);
                    case 1 -> s.with(query);
                    case 2 ->
                            new RescoreSpec(
                                    s.modelId(),
                                    s.query(),
                                    "f",
                                    s.type(),
                                    s.calibration(),
                                    s.blend(),
                                    s.timeout(),
                                    allow);
                    case 3 ->
                            new RescoreSpec(
                                    s.modelId(),
                                    s.query(),
                                    s.field(),
                                    s.type(),
                                    s.calibration(),
                                    blend,
                                    s.timeout(),
                                    allow);
                    case 4 ->
                            new RescoreSpec(
                                    s.modelId(),
                                    s.query(),
                                    s.field(),
                                    s.type(),
                                    s.calibration(),
                                    s.blend(),
                                    time,
                                    allow);
                    case 5 ->
                            new RescoreSpec(
                                    s.modelId(),
                                    s.query(),
                                    s.field(),
                                    s.type(),
                                    s.calibration(),
                                    s.blend(),
                                    s.timeout(),
                                    new Keeping(7f, allow.allowFailures()));
                    case 6 ->
                            new RescoreSpec(
                                    s.modelId(),
                                    s.query(),
                                    s.field(),
                                    s.type(),
                                    new TextWeights(Map.of("caption", 7f)),
                                    RerankMode.POINTWISE,
                                    s.calibration(),
                                    s.blend(),
                                    s.timeout(),
                                    allow);
                    default -> s;
                };
        VidvecRescorerBuilder mutated = new VidvecRescorerBuilder(changed, SearchSources.SERVICES);
        if (changed == s) {
            return mutated.windowSize(it.windowSize() == null ? 3 : it.windowSize() + 1);
        }
        return it.windowSize() == null ? mutated : mutated.windowSize(it.windowSize());
    }

    @Override
    protected Writeable.Reader<VidvecRescorerBuilder> instanceReader() {
        return in -> new VidvecRescorerBuilder(in, SearchSources.SERVICES);
    }

    @Override
    protected VidvecRescorerBuilder doParseInstance(XContentParser parser) throws IOException {
        parser.nextToken();
        return (VidvecRescorerBuilder) RescorerBuilder.parseFromXContent(parser, name -> {});
    }

    private VidvecRescorerBuilder parse(String options) throws IOException {
        try (XContentParser parser =
                createParser(JsonXContent.jsonXContent, "{\"vidvec\": {" + options + "}}")) {
            return doParseInstance(parser);
        }
    }

    private String refusal(String options) {
        Throwable e = expectThrows(IllegalArgumentException.class, () -> parse(options));
        StringBuilder messages = new StringBuilder();
        for (; e != null; e = e.getCause()) {
            messages.append(e.getMessage()).append('\n');
        }
        return messages.toString();
    }

    public void testDefaults() throws IOException {
        RescoreSpec spec = parse(QUERY + ", \"calibration\": \"none\"").spec();
        assertEquals("vidvec", spec.field());
        assertEquals(List.of(new InputSpec.Text("a dog")), spec.inputs());
        assertEquals(ScoreBlend.DEFAULT, spec.blend());
        assertEquals(TimeValue.timeValueSeconds(30), spec.timeout());
        assertEquals(Keeping.DEFAULT, spec.keeping());
    }

    public void testQueryObjectHoldsAnInput() throws IOException {
        String input = "[{\"type\": \"image\", \"value\": \"AAAA\"}, \"and this\"]";
        RescoreSpec spec =
                parse("\"model_id\": \"m\", \"query\": {\"input\": " + input + "}").spec();
        assertEquals(2, spec.query().size());
        assertEquals(InputSpec.Type.IMAGE, spec.inputs().get(0).type());
    }

    public void testWhatIsMissingIsNamed() {
        assertThat(
                refusal("\"model_id\": \"m\""),
                containsString("[vidvec] requires [query]: a text, or an object with [input]"));
        assertThat(
                refusal("\"query\": \"x\""),
                containsString("[vidvec] requires [model_id]: the id of a model"));
    }

    public void testUnknownOptionsAreNamed() {
        Exception e =
                expectThrows(XContentParseException.class, () -> parse(QUERY + ", \"foo\": {}"));
        assertThat(e.getMessage(), containsString("[vidvec] unknown field [foo]"));
    }

    public void testValuesOutOfRangeAreRefusedByName() {
        assertThat(
                refusal(QUERY + ", \"min_score\": -0.5"),
                containsString(
                        "[min_score] must be at least [0], not [-0.5]; scores can't be negative"));
        assertThat(
                refusal(QUERY + ", \"calibration\": \"foo\""),
                containsString(
                        "unknown [calibration] [foo]; it must be one of [none, logit_difference,"
                                + " prior, dual_softmax]"));
        assertThat(
                refusal(QUERY + ", \"calibration\": \"dual_softmax\""),
                containsString("[calibration] [dual_softmax] requires [dual_softmax.queries]"));
        assertThat(
                refusal(QUERY + ", \"dual_softmax\": {\"queries\": [\"a\"]}"),
                containsString("[dual_softmax] has no effect with [calibration] [none]"));
    }

    public void testMinScoreIsOfTheLastRescore() throws IOException {
        VidvecRescorerBuilder least = parse(QUERY + ", \"min_score\": 0.5");
        SearchSourceBuilder source = new SearchSourceBuilder().addRescorer(least);
        assertNull(least.validate(source, null));
        source.addRescorer(parse(QUERY));
        assertThat(
                least.validate(source, null).getMessage(),
                containsString("[vidvec] [min_score] is of the last rescore only"));
    }

    public void testWindowMustCoverThePage() throws IOException {
        VidvecRescorerBuilder builder = parse(QUERY).windowSize(20);
        assertNull(builder.validate(new SearchSourceBuilder().from(10).size(10), null));
        ActionRequestValidationException e =
                builder.validate(new SearchSourceBuilder().from(11).size(10), null);
        assertThat(
                e.getMessage(),
                containsString(
                        "[vidvec] [window_size] [20] must be at least [from] [11] + [size] [10], so"
                                + " that every hit of the page is judged; raise [window_size] or"
                                + " lower [size]"));
    }

    public void testDefaultWindowCoversTheDefaultPage() throws IOException {
        assertNull(parse(QUERY).validate(new SearchSourceBuilder(), null));
        assertNotNull(parse(QUERY).validate(new SearchSourceBuilder().from(1), null));
        assertNotNull(parse(QUERY).validate(new SearchSourceBuilder().size(11), null));
    }

    private VidvecRescorerBuilder rewrite(
            VidvecRescorerBuilder builder, Function<ActionRequest, ActionResponse> answers) {
        try (TestThreadPool threads = new TestThreadPool(getTestName())) {
            QueryRewriteContext context =
                    new QueryRewriteContext(
                            parserConfig(), new AnsweringClient(threads, answers), () -> 0L);
            PlainActionFuture<RescorerBuilder<VidvecRescorerBuilder>> future =
                    new PlainActionFuture<>();
            Rewriteable.rewriteAndFetch(builder, context, future);
            return (VidvecRescorerBuilder) future.actionGet();
        }
    }

    public void testRewriteFindsTheModel() throws IOException {
        VidvecRescorerBuilder builder = parse(QUERY).windowSize(17);
        VidvecRescorerBuilder found =
                rewrite(
                        builder,
                        request -> {
                            assertEquals("m", ((ModelsAction.Request) request).modelId());
                            return ModelsAnswers.response(
                                    ModelsAnswers.calibrated(
                                            "m",
                                            new CardCalibration(Calibration.PRIOR, 1, List.of())));
                        });
        assertEquals("sha256:1", found.fingerprint());
        assertEquals(Integer.valueOf(17), found.windowSize());
        assertNull("the card's", builder.spec().calibration());
        assertEquals(
                new CalibrationSpec(Calibration.PRIOR, List.of(), 1), found.spec().calibration());
        assertEquals(builder.spec().calibratedBy(found.spec().calibration()), found.spec());
        assertEquals(found, copyWriteable(found, getNamedWriteableRegistry(), instanceReader()));
    }

    public void testRewriteRefusesNodesThatDisagree() {
        ElasticsearchStatusException e =
                expectThrows(
                        ElasticsearchStatusException.class,
                        () ->
                                rewrite(
                                        parse(QUERY),
                                        r -> ModelsAnswers.response("m", "sha256:1", "sha256:2")));
        assertEquals(RestStatus.CONFLICT, e.status());
        assertEquals(
                "vidvec model [m] differs between nodes [[node0], [node1]]; give all inference"
                        + " nodes the same model folder",
                e.getMessage());
    }

    public void testRewriteTellsWhyAModelIsUnusable() {
        Exception e =
                expectThrows(
                        ElasticsearchStatusException.class,
                        () ->
                                rewrite(
                                        parse(QUERY),
                                        r -> ModelsAnswers.response("m", (String) null)));
        assertEquals("vidvec model [m] can't be used: [no config.json]", e.getMessage());
    }

    public void testMissingModelFailsEvenIfFailuresAreAllowed() {
        ElasticsearchStatusException missing =
                new ElasticsearchStatusException("no such model", RestStatus.NOT_FOUND);
        Exception e =
                expectThrows(
                        ElasticsearchStatusException.class,
                        () ->
                                rewrite(
                                        parse(QUERY + ", \"allow_rerank_failures\": true"),
                                        r -> {
                                            throw missing;
                                        }));
        assertEquals("no such model", e.getMessage());
    }

    public void testAbsentNodesAreToleratedOnlyIfAllowed() throws IOException {
        Function<ActionRequest, ActionResponse> none =
                request -> {
                    throw new ElasticsearchStatusException(
                            "no inference node", RestStatus.SERVICE_UNAVAILABLE);
                };
        VidvecRescorerBuilder allowed =
                rewrite(parse(QUERY + ", \"allow_rerank_failures\": true"), none);
        assertEquals(ModelLookup.UNKNOWN, allowed.fingerprint());
        Exception e =
                expectThrows(ElasticsearchStatusException.class, () -> rewrite(parse(QUERY), none));
        assertEquals(RestStatus.SERVICE_UNAVAILABLE, ExceptionsHelper.status(e));
    }

    public void testWindowAboveTheLimitIsRefused() throws IOException {
        VidvecRescorerBuilder builder = parse(QUERY).windowSize(101);
        Exception e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> rewrite(builder, r -> ModelsAnswers.response("m", "sha256:1")));
        assertEquals(
                "Rescore window [101] is too large. It must be less than [100]. This limit can be"
                        + " set by changing the [vidvec.rescore.max_window_size] cluster setting",
                e.getMessage());
        rewrite(parse(QUERY).windowSize(100), r -> ModelsAnswers.response("m", "sha256:1"));
    }

    public void testXContentIsWhatTheUserWrote() throws IOException {
        Map<String, Object> json =
                createParser(JsonXContent.jsonXContent, parse(QUERY).windowSize(5).toString())
                        .map();
        assertEquals(5, json.get("window_size"));
        assertEquals("m", ((Map<?, ?>) json.get("vidvec")).get("model_id"));
    }
}
