package org.vidvec.ingest;

import static org.hamcrest.Matchers.containsString;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.cluster.metadata.ProjectId;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.ingest.ConfigurationUtils;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.test.client.NoOpClient;
import org.elasticsearch.threadpool.TestThreadPool;
import org.vidvec.action.InputSpec;
import org.vidvec.action.MomentLimit;
import org.vidvec.action.MomentsSpec;
import org.vidvec.inference.MomentsWanted;
import org.vidvec.media.Windows;
import org.vidvec.moments.Aggregate;

/** What a pipeline may say, and what it may not. */
public class ProcessorOptionsTests extends ESTestCase {

    private static final MomentLimit LIMIT = new MomentLimit(() -> 2000);

    public void testDefaults() throws Exception {
        ProcessorOptions options = read(Map.of());
        assertEquals("tiny", options.modelId());
        assertEquals("video", options.field());
        assertEquals("vidvec", options.targetField());
        assertEquals(
                EnumSet.of(
                        ProcessorOptions.Property.EMBEDDING,
                        ProcessorOptions.Property.FRAMES,
                        ProcessorOptions.Property.MEDIA),
                options.properties());
        assertEquals(
                new ProcessorOptions.Reading(InputSpec.Type.VIDEO, null, null, null, null),
                options.embedding());
        assertEquals(
                new ProcessorOptions.Handling(false, false, false, TimeValue.timeValueMinutes(10)),
                options.handling());
    }

    public void testRequired() {
        ElasticsearchException e =
                expectThrows(
                        ElasticsearchException.class,
                        () ->
                                new ProcessorOptionsReader(
                                                "t", new HashMap<>(Map.of("field", "video")), LIMIT)
                                        .read());
        assertEquals("[model_id] required property is missing", e.getMessage());
        assertEquals(RestStatus.BAD_REQUEST, e.status());
    }

    public void testRefusals() {
        assertRefused(
                moments("strategy", "sliding", "max_moments", 2001),
                "[moments] [max_moments] [2001] is over the limit of [2000] set by"
                        + " [vidvec.moments.max_per_document]; lower it, take longer windows, or"
                        + " raise the setting (and [index.mapping.nested_objects.limit] with it)");
        assertRefused(
                moments("min_length", "2s"),
                "[strategy] [sliding] has no [min_length]; it takes [window, stride]");
        assertRefused(
                moments("strategy", "scenes"),
                "unknown [strategy] [scenes]; it must be one of [sliding, fixed, shots, none]");
        assertRefused(
                moments("strategy", "sliding", "window", "5s", "stride", "10s"),
                "[stride] must be more than zero and at most [window], not [10.0s] with a [window]"
                        + " of [5.0s]");
        assertRefused(
                moments("strategy", "fixed", "stride", "10s"),
                "[strategy] [fixed] has no [stride]; it takes [window]");
        assertRefused(
                moments("strategy", "sliding", "aggregate", "mean"),
                "unknown [aggregate] [mean]; it must be one of [max, centroid]");
        assertRefused(
                moments("strategy", "none", "captions", true),
                "[strategy] [none] has no [captions]; leave it out, or choose [sliding], [fixed] or"
                        + " [shots]");
        assertRefused(
                moments("strategy", "fixed", "aggregate_from", "1m"),
                "[aggregate_from] has no effect without [aggregate]; leave it out, or add"
                        + " [aggregate]");
        assertRefused(
                Map.of(
                        "moments",
                        new HashMap<>(Map.of("strategy", "none")),
                        "properties",
                        List.of("moments")),
                "[properties] [moments] needs a [moments.strategy] but [none]");
        assertRefused(
                Map.of("properties", List.of("vector")),
                "[properties] unknown property [vector]; allowed are [embedding, frames, media,"
                        + " moments, pages, caption]");
        assertRefused(
                Map.of("type", "audio"),
                "unknown [type] [audio]; it must be one of [text, image, video, pdf]");
        assertRefused(
                Map.of("timeout", "soon"), "[timeout] [soon] is no time; give one such as [10m]");
        assertRefused(
                Map.of("timeout", "0s"),
                "[timeout] [0s] must be more than zero, for example [10m]");
        assertRefused(
                Map.of("target_field", "video.embedded"),
                "[target_field] [video.embedded] must not lie in [field] [video]; choose another");
        assertRefused(
                Map.of("field", "media.video", "target_field", "media"),
                "[target_field] [media] is replaced as a whole and must not hold [field]"
                        + " [media.video]; choose another");
        assertRefused(Map.of("timeout", "8d"), "[timeout] [8d] must be at most [7d]");
        assertRefused(
                Map.of("sampling", new HashMap<>(Map.of("strategy", "fps", "rate", 2))),
                "unknown field [rate]");
        assertRefused(
                Map.of("sampling", new HashMap<>(Map.of("strategy", "scenes"))),
                "unknown [strategy] [scenes]; it must be one of [fps, shots, spread, stride,"
                        + " timestamps, uniform]");
        assertRefused(
                Map.of("sampling", new HashMap<>(Map.of("frames", 8))),
                "[sampling] requires [strategy], one of [fps, shots, spread, stride, timestamps,"
                        + " uniform]; leave [sampling] out for the model's own");
    }

    public void testMoments() throws Exception {
        // 10 s every 5 s: ViLL-E App. C
        ProcessorOptions wanted = read(Map.of("properties", List.of("moments")));
        assertEquals(
                new MomentsSpec(
                        MomentsWanted.Kind.VIDEO,
                        new Windows.Sliding(10, 5),
                        0,
                        true,
                        false,
                        null,
                        180),
                wanted.embedding().moments());
        ProcessorOptions cut = read(moments("strategy", "sliding", "window", "8s"));
        assertTrue(cut.properties().contains(ProcessorOptions.Property.MOMENTS));
        assertEquals(new Windows.Sliding(8, 4), cut.embedding().moments().windows());
        // without a strategy they slide
        assertEquals(wanted.embedding().moments(), read(moments()).embedding().moments());
        assertEquals(
                new Windows.Sliding(8, 2),
                read(moments("window", "8s", "stride", "2s")).embedding().moments().windows());
        assertEquals(
                new Windows.Sliding(5, 5),
                read(moments("strategy", "fixed")).embedding().moments().windows());
        assertEquals(
                new Windows.Shots(2, 30),
                read(moments("strategy", "shots")).embedding().moments().windows());
        ProcessorOptions none = read(moments("strategy", "none"));
        assertTrue(none.embedding().moments().isNone());
        assertNull("as the card says", read(Map.of()).embedding().moments());
        assertFalse(none.properties().contains(ProcessorOptions.Property.MOMENTS));
        Map<String, Object> merged =
                new HashMap<>(moments("strategy", "fixed", "window", "30s", "aggregate", "max"));
        merged.put("properties", List.of("embedding"));
        assertEquals(
                new MomentsSpec(
                        MomentsWanted.Kind.VIDEO,
                        new Windows.Sliding(30, 30),
                        0,
                        false,
                        false,
                        Aggregate.MAX,
                        180),
                read(merged).embedding().moments());
    }

    public void testCaptionsOfMoments() throws Exception {
        Map<String, Object> wanted = moments("strategy", "fixed", "captions", true);
        assertTrue(read(wanted).embedding().moments().captions());
        assertFalse(read(moments("strategy", "fixed")).embedding().moments().captions());
        Map<String, Object> nowhere = new HashMap<>(wanted);
        nowhere.put("properties", List.of("embedding"));
        assertRefused(
                nowhere,
                "[moments] [captions] are written beside the moments, which [properties] leaves"
                        + " out; add [moments] to it");
    }

    public void testPages() throws Exception {
        assertNull(read(Map.of()).embedding().pages());
        Map<String, Object> kept = Map.of("properties", List.of("embedding", "pages"));
        assertEquals(MomentsSpec.PAGES, read(kept).embedding().pages());
        MomentsSpec merged =
                read(Map.of("pages", new HashMap<>(Map.of("aggregate", "centroid"))))
                        .embedding()
                        .pages();
        assertFalse("only the document's own vector", merged.keep());
        assertEquals(Aggregate.CENTROID, merged.aggregate());
        assertEquals(MomentsWanted.Kind.PDF, merged.kind());
        assertRefused(
                Map.of("pages", new HashMap<>(Map.of("aggregate", "mean"))),
                "unknown [aggregate] [mean]; it must be one of [max, centroid]");
        assertRefused(
                Map.of("pages", new HashMap<>(Map.of("stride", 2))), "unknown field [stride]");
    }

    private static Map<String, Object> moments(Object... keysAndValues) {
        Map<String, Object> moments = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            moments.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return Map.of("moments", moments);
    }

    /** Through the host, which refuses what the processor leaves over. */
    public void testUnknownOption() throws Exception {
        try (TestThreadPool threads = new TestThreadPool(getTestName())) {
            VidvecProcessor.Factory factory =
                    new VidvecProcessor.Factory(
                            new NoOpClient(threads), LIMIT, new SlowLog(() -> TimeValue.MINUS_ONE));
            Map<String, Object> config =
                    new HashMap<>(Map.of("model_id", "tiny", "field", "video", "foo", 1));
            ElasticsearchException e =
                    expectThrows(
                            ElasticsearchException.class,
                            () ->
                                    ConfigurationUtils.readProcessor(
                                            Map.of(VidvecProcessor.TYPE, factory),
                                            null,
                                            VidvecProcessor.TYPE,
                                            config,
                                            ProjectId.DEFAULT));
            assertThat(
                    e.getMessage(),
                    containsString(
                            "processor [vidvec] doesn't support one or more provided configuration"
                                    + " parameters [foo]"));
            terminate(threads);
        }
    }

    private static ProcessorOptions read(Map<String, Object> options) throws Exception {
        Map<String, Object> config = new HashMap<>(Map.of("model_id", "tiny", "field", "video"));
        config.putAll(options);
        return new ProcessorOptionsReader("t", config, LIMIT).read();
    }

    private static void assertRefused(Map<String, Object> options, String message) {
        Exception e = expectThrows(Exception.class, () -> read(options));
        assertThat(e.getMessage(), containsString(message));
    }
}
