package org.vidvec.ingest;

import static org.hamcrest.Matchers.containsString;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.util.concurrent.EsRejectedExecutionException;
import org.elasticsearch.ingest.IngestDocument;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.transport.RemoteTransportException;
import org.vidvec.action.EmbedAction;
import org.vidvec.action.InputSpec;
import org.vidvec.action.ModelsAnswers;
import org.vidvec.action.RepositoryUri;
import org.vidvec.action.SamplingSpec;
import org.vidvec.media.Sampling;
import org.vidvec.model.EmbedInput;

/** The processor on real documents; the cluster behind the client is prepared. */
public class VidvecProcessorTests extends ProcessorTestCase {

    public void testWritesEverything() throws Exception {
        IngestDocument document = document(Map.of("video", BASE64));
        run(Map.of(), document);
        Map<String, Object> expected =
                Map.of(
                        "model",
                        Map.of("id", "tiny", "fingerprint", "sha256:abc", "layer", 24, "dims", 2),
                        "embedding",
                        List.of(0.6f, 0.8f),
                        "tokens",
                        11,
                        "media",
                        Map.of(
                                "sha256",
                                SHA256,
                                "duration",
                                63.4,
                                "fps",
                                29.97,
                                "width",
                                1280,
                                "height",
                                720,
                                "codec",
                                "h264",
                                "frames_sampled",
                                127),
                        "frames",
                        Base64.getEncoder().encodeToString(STRIP));
        assertEquals(expected, document.getFieldValue("vidvec", Map.class));
        assertTrue(document.hasField("video"));
    }

    public void testAsksForADocumentWithFrames() throws Exception {
        run(
                Map.of(
                        "instruction", "Look.",
                        "sampling", new HashMap<>(Map.of("strategy", "uniform", "frames", 12)),
                        "timeout", "30s"),
                document(Map.of("video", BASE64)));
        EmbedAction.Request request = client.embeds.get(0);
        assertEquals("tiny", request.modelId());
        assertEquals(
                List.of(new InputSpec.Inline("video", InputSpec.Type.VIDEO, new BytesArray(CLIP))),
                request.items());
        assertEquals(EmbedInput.Role.DOCUMENT, request.options().role());
        assertEquals("Look.", request.options().instruction());
        assertEquals(new SamplingSpec(new Sampling.Uniform(12)), request.options().sampling());
        assertTrue(request.options().keepFrames());
        assertTrue(request.timeout().millis() <= 30_000);
        assertTrue(request.timeout().millis() > 0);
    }

    public void testOnlyWantedProperties() throws Exception {
        IngestDocument document = document(Map.of("video", BASE64));
        run(Map.of("properties", List.of("embedding"), "target_field", "v.clip"), document);
        assertFalse(client.embeds.get(0).options().keepFrames());
        Map<?, ?> written = document.getFieldValue("v.clip", Map.class);
        assertEquals(Set.of("model", "embedding", "tokens"), new HashSet<>(written.keySet()));
    }

    public void testFormsOfTheField() throws Exception {
        InputSpec video = new InputSpec.Inline("video", InputSpec.Type.VIDEO, new BytesArray(CLIP));
        InputSpec image = new InputSpec.Inline("video", InputSpec.Type.IMAGE, new BytesArray(CLIP));
        InputSpec link =
                new InputSpec.Link(InputSpec.Type.VIDEO, new RepositoryUri("clips", "a.mp4"));
        assertReads(video, "data:video/mp4;base64," + BASE64, Map.of());
        assertReads(image, "data:image/png;base64," + BASE64, Map.of());
        assertReads(image, BASE64, Map.of("type", "image"));
        assertReads(link, "repository://clips/a.mp4", Map.of());
        assertReads(video, CLIP, Map.of());
        assertReads(new InputSpec.Text("a dog"), "a dog", Map.of("type", "text"));
        assertReads(image, Map.of("type", "image", "format", "base64", "value", BASE64), Map.of());
        assertReads(link, Map.of("format", "url", "value", "repository://clips/a.mp4"), Map.of());
        assertReads(
                new InputSpec.Text("a dog"), Map.of("type", "text", "value", "a dog"), Map.of());
    }

    public void testFormsThatAreRefused() {
        assertFieldRefused(
                42,
                "field [video] holds a [Integer]; it must hold base64, a data URL, a URI, or an"
                        + " object [type, format, value]");
        assertFieldRefused(
                Map.of("value", BASE64, "codec", "h264"),
                "unknown key [codec] in field [video]; allowed are [format, type, value]");
        assertFieldRefused(Map.of("type", "video"), "field [video] has no [value]");
        assertFieldRefused(
                Map.of("type", 7, "value", BASE64),
                "[type] of field [video] must be a string, not [7]");
        assertFieldRefused("not base64!", "[video] is not base64 (Illegal base64 character 20)");
        assertFieldRefused("ftp://host/a.mp4", "can't read media from [ftp://host/a.mp4]");
        assertFieldRefused(
                null, "field [video] is null; give it a value or set [ignore_missing: true]");
    }

    public void testFaultsOfALinkNameTheField() throws Exception {
        client.answers.clear();
        client.answers.add(
                new RemoteTransportException(
                        "node",
                        new IllegalArgumentException(
                                "could not decode [repository://clips/a.mp4]: not a video")));
        IngestDocument document = document(Map.of("video", "repository://clips/a.mp4"));
        Exception e = expectThrows(IllegalArgumentException.class, () -> run(Map.of(), document));
        assertEquals(
                "field [video]: could not decode [repository://clips/a.mp4]: not a video",
                e.getMessage());
        IngestDocument other = document(Map.of("video", "ftp://host/a.mp4"));
        e = expectThrows(IllegalArgumentException.class, () -> run(Map.of(), other));
        assertThat(e.getMessage(), containsString("field [video]: can't read media from"));
    }

    public void testMissingField() throws Exception {
        IngestDocument document = document(Map.of("title", "x"));
        Exception e = expectThrows(IllegalArgumentException.class, () -> run(Map.of(), document));
        assertThat(e.getMessage(), containsString("field [video] not present"));
        run(Map.of("ignore_missing", true), document);
        assertFalse(document.hasField("vidvec"));
        assertEquals(0, client.embeds.size());
    }

    public void testRemoveBinary() throws Exception {
        IngestDocument document = document(Map.of("video", BASE64));
        run(Map.of("remove_binary", true), document);
        assertFalse(document.hasField("video"));
        assertTrue(document.hasField("vidvec.embedding"));
    }

    public void testNothingIsWrittenOnFailure() {
        client.answers.clear();
        client.answers.add(
                new ElasticsearchStatusException("no node", RestStatus.SERVICE_UNAVAILABLE));
        IngestDocument document = document(Map.of("video", BASE64));
        Map<String, Object> before = new HashMap<>(document.getSourceAndMetadata());
        ElasticsearchStatusException e =
                expectThrows(
                        ElasticsearchStatusException.class,
                        () -> run(Map.of("remove_binary", true), document));
        assertEquals(RestStatus.SERVICE_UNAVAILABLE, e.status());
        assertEquals(before, document.getSourceAndMetadata());
        assertEquals("a node that is gone is the client's to retry", 1, client.embeds.size());
    }

    public void testWaitsForAFullQueue() throws Exception {
        client.answers.clear();
        client.answers.add(full("full"));
        client.answers.add(full("full"));
        client.answers.add(RESPONSE);
        IngestDocument document = document(Map.of("video", BASE64));
        run(Map.of(), document);
        assertEquals(3, client.embeds.size());
        assertTrue(document.hasField("vidvec.embedding"));
    }

    public void testGivesUpOnAFullQueueWhenTheTimeIsUp() {
        client.answers.clear();
        client.answers.add(full("queue is full"));
        Exception e =
                expectThrows(
                        EsRejectedExecutionException.class,
                        () -> run(Map.of("timeout", "50ms"), document(Map.of("video", BASE64))));
        assertEquals("queue is full", e.getMessage());
    }

    public void testSkipsWhatIsThere() throws Exception {
        client.modelsAnswer = ModelsAnswers.response("tiny", "sha256:abc");
        IngestDocument document = document(Map.of("video", BASE64));
        run(Map.of("skip_existing", true), document);
        assertEquals(1, client.embeds.size());
        run(Map.of("skip_existing", true, "remove_binary", true), document);
        assertEquals(1, client.embeds.size());
        assertFalse("the rest still happens", document.hasField("video"));
    }

    public void testDoesNotSkipOtherBytesOtherModelsOrMissingParts() throws Exception {
        client.modelsAnswer = ModelsAnswers.response("tiny", "sha256:abc");
        Map<String, Object> skip = Map.of("skip_existing", true);
        IngestDocument document = document(Map.of("video", BASE64));
        run(skip, document);
        document.setFieldValue("video", "AAAA");
        run(skip, document);
        assertEquals("other bytes", 2, client.embeds.size());
        document.setFieldValue("video", BASE64);
        document.setFieldValue("vidvec.model.fingerprint", "sha256:older");
        run(skip, document);
        assertEquals("another model", 3, client.embeds.size());
        document.removeField("vidvec.frames");
        run(skip, document);
        assertEquals("no frames", 4, client.embeds.size());
    }

    public void testManyDocumentsAreUnderWayTogether() throws Exception {
        VidvecProcessor processor = processor(Map.of());
        List<PlainActionFuture<IngestDocument>> futures = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            PlainActionFuture<IngestDocument> future = new PlainActionFuture<>();
            futures.add(future);
            processor.execute(
                    document(Map.of("video", BASE64)),
                    (done, e) -> {
                        if (e == null) {
                            future.onResponse(done);
                        } else {
                            future.onFailure(e);
                        }
                    });
        }
        for (PlainActionFuture<IngestDocument> future : futures) {
            assertTrue(future.get(30, TimeUnit.SECONDS).hasField("vidvec.embedding"));
        }
    }

    private static Supplier<Exception> full(String message) {
        return () -> new EsRejectedExecutionException(message);
    }

    private void assertReads(InputSpec expected, Object value, Map<String, Object> options)
            throws Exception {
        client.embeds.clear();
        run(options, document(Map.of("video", value)));
        assertEquals(List.of(expected), client.embeds.get(0).items());
    }

    private void assertFieldRefused(Object value, String message) {
        Map<String, Object> source = new HashMap<>();
        source.put("video", value);
        Exception e =
                expectThrows(IllegalArgumentException.class, () -> run(Map.of(), document(source)));
        assertThat(e.getMessage(), containsString(message));
        assertEquals(0, client.embeds.size());
    }
}
