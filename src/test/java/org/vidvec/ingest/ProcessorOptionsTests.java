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

/** What a pipeline may say, and what it may not. */
public class ProcessorOptionsTests extends ESTestCase {

    public void testDefaults() throws Exception {
        ProcessorOptions options = read(Map.of());
        assertEquals("tiny", options.modelId());
        assertEquals("video", options.field());
        assertEquals("vidvec", options.targetField());
        assertEquals(EnumSet.allOf(ProcessorOptions.Property.class), options.properties());
        assertEquals(
                new ProcessorOptions.Reading(InputSpec.Type.VIDEO, null, null),
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
                                                "t", new HashMap<>(Map.of("field", "video")))
                                        .read());
        assertEquals("[model_id] required property is missing", e.getMessage());
        assertEquals(RestStatus.BAD_REQUEST, e.status());
    }

    public void testRefusals() {
        assertRefused(
                Map.of("moments", Map.of("strategy", "sliding")),
                "[moments] is not supported by this version of vidvec; leave it out");
        assertRefused(
                Map.of("properties", List.of("embedding", "caption")),
                "[properties] this version of vidvec does not support [caption]; allowed are"
                        + " [embedding, frames, media]");
        assertRefused(
                Map.of("properties", List.of("vector")),
                "[properties] unknown property [vector]; allowed are [embedding, frames, media]");
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
                Map.of("sampling", new HashMap<>(Map.of("strategy", "fps", "rate", 2))),
                "unknown field [rate]");
    }

    /** Through the host, which refuses what the processor leaves over. */
    public void testUnknownOption() throws Exception {
        try (TestThreadPool threads = new TestThreadPool(getTestName())) {
            VidvecProcessor.Factory factory = new VidvecProcessor.Factory(new NoOpClient(threads));
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
        return new ProcessorOptionsReader("t", config).read();
    }

    private static void assertRefused(Map<String, Object> options, String message) {
        Exception e = expectThrows(Exception.class, () -> read(options));
        assertThat(e.getMessage(), containsString(message));
    }
}
