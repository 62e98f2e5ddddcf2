package org.vidvec.ingest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.elasticsearch.ingest.IngestDocument;
import org.vidvec.action.EmbedAction;
import org.vidvec.action.EmbeddedMoment;
import org.vidvec.action.GenerateAction;
import org.vidvec.action.ModelsAnswers;
import org.vidvec.action.MomentsSpec;

/** Parts of media beside the whole: windows, pages, captions. */
public class ProcessorPartsTests extends ProcessorTestCase {

    private void answerWith(EmbeddedMoment... parts) {
        client.answers.clear();
        client.answers.add(
                new EmbedAction.Response(
                        RESPONSE.vector(), 11, RESPONSE.model(), RESPONSE.media(), List.of(parts)));
    }

    public void testWritesMoments() throws Exception {
        answerWith(
                new EmbeddedMoment(0, 10, new float[] {1, 0}),
                new EmbeddedMoment(5, 12.5, new float[] {0, 1}));
        IngestDocument document = document(Map.of("video", BASE64));
        run(Map.of("properties", List.of("moments")), document);
        assertEquals(
                List.of(moment(0.0, 10.0, List.of(1f, 0f)), moment(5.0, 12.5, List.of(0f, 1f))),
                document.getFieldValue("vidvec.moments", List.class));
        assertEquals(MomentsSpec.DEFAULT, client.embeds.get(0).options().moments());
        run(Map.of(), document(Map.of("video", BASE64)));
        assertNull("only where wanted", client.embeds.get(1).options().moments());
    }

    public void testWritesCaptionsOfMoments() throws Exception {
        answerWith(new EmbeddedMoment(0, 10, new float[] {1, 0}, "a frog waits"));
        IngestDocument document = document(Map.of("video", BASE64));
        Map<String, Object> captions = Map.of("strategy", "sliding", "captions", true);
        run(Map.of("moments", new HashMap<>(captions)), document);
        assertEquals(
                "a frog waits", document.getFieldValue("vidvec.moments.0.caption", String.class));
        assertTrue(client.embeds.get(0).options().moments().captions());
        assertEquals("in the same call", 0, client.generates.size());
    }

    public void testDoesNotSkipWhereCaptionsAreMissing() throws Exception {
        client.modelsAnswer = ModelsAnswers.response("tiny", "sha256:abc");
        answerWith(new EmbeddedMoment(0, 10, new float[] {1, 0}));
        IngestDocument document = document(Map.of("video", BASE64));
        run(moments(false), document);
        run(moments(false), document);
        assertEquals(1, client.embeds.size());
        answerWith(new EmbeddedMoment(0, 10, new float[] {1, 0}, "a frog waits"));
        run(moments(true), document);
        assertEquals("no captions", 2, client.embeds.size());
        run(moments(true), document);
        assertEquals("now they are there", 2, client.embeds.size());
        document.setFieldValue("vidvec.moments", "something of somebody else's");
        run(moments(true), document);
        assertEquals("nor are they in anything else", 3, client.embeds.size());
    }

    private static Map<String, Object> moments(boolean captions) {
        Map<String, Object> moments = Map.of("strategy", "sliding", "captions", captions);
        return Map.of("skip_existing", true, "moments", new HashMap<>(moments));
    }

    private static Map<String, Object> moment(double start, double end, List<Float> embedding) {
        Map<String, Object> span = Map.of("gte", start, "lte", end);
        return Map.of("start", start, "end", end, "span", span, "embedding", embedding);
    }

    public void testWritesPagesOfADocument() throws Exception {
        answerWith(
                new EmbeddedMoment(0, 1, new float[] {1, 0}),
                new EmbeddedMoment(1, 2, new float[] {0, 1}));
        Map<String, Object> wanted = Map.of("properties", List.of("pages", "moments"));
        IngestDocument document = document(Map.of("video", "data:application/pdf;base64,AAAA"));
        run(wanted, document);
        assertEquals(
                List.of(
                        Map.of("page", 1, "embedding", List.of(1f, 0f)),
                        Map.of("page", 2, "embedding", List.of(0f, 1f))),
                document.getFieldValue("vidvec.pages", List.class));
        assertEquals(List.of(), document.getFieldValue("vidvec.moments", List.class));
        assertEquals(MomentsSpec.PAGES, client.embeds.get(0).options().moments());
        IngestDocument video = document(Map.of("video", BASE64));
        run(wanted, video);
        assertEquals(List.of(), video.getFieldValue("vidvec.pages", List.class));
        assertEquals(MomentsSpec.DEFAULT, client.embeds.get(1).options().moments());
    }

    public void testWritesACaption() throws Exception {
        client.generateAnswer = new GenerateAction.Response("a frog", 3, "stop", RESPONSE.model());
        IngestDocument document = document(Map.of("video", BASE64));
        run(Map.of("properties", List.of("embedding", "caption")), document);
        assertEquals("a frog", document.getFieldValue("vidvec.caption", String.class));
        GenerateAction.Request asked = client.generates.get(0);
        assertNull("a caption answers no question", asked.question());
        assertEquals(client.embeds.get(0).items(), asked.items());
        run(
                Map.of("properties", List.of("embedding", "caption"), "type", "text"),
                document(Map.of("video", "words")));
        assertEquals("not of texts", 1, client.generates.size());
    }

    public void testACaptionHasTheTimeThatIsLeftOfTheDocuments() throws Exception {
        client.generateAnswer = new GenerateAction.Response("a frog", 3, "stop", RESPONSE.model());
        client.answers.clear();
        client.answers.add(
                (Supplier<Object>)
                        () -> {
                            passedMillis.addAndGet(20_000);
                            return RESPONSE;
                        });
        run(
                Map.of("properties", List.of("embedding", "caption"), "timeout", "30s"),
                document(Map.of("video", BASE64)));
        long left = client.generates.get(0).timeout().millis();
        assertTrue(left + " ms", left > 0 && left <= 10_000);
    }
}
