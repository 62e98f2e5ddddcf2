package org.vidvec.action;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.common.bytes.ReleasableBytesReference;
import org.elasticsearch.rest.ChunkedRestResponseBodyPart;
import org.elasticsearch.rest.RestResponse;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.test.ESTestCase;
import org.elasticsearch.test.rest.FakeRestChannel;
import org.elasticsearch.test.rest.FakeRestRequest;
import org.elasticsearch.transport.BytesRefRecycler;

public class StreamedTextTests extends ESTestCase {

    private final FakeRestChannel channel = new FakeRestChannel(new FakeRestRequest(), true);
    private final TextStreams streams = new TextStreams();
    private final StreamedText text = new StreamedText(channel, streams);

    private void part(int from, String words) {
        streams.take(new TextStreams.Part(text.id(), from, words));
    }

    private static GenerateAction.Response response(String words) {
        return new GenerateAction.Response(words, 3, "stop", ModelsAnswers.model("m", "sha256:1"));
    }

    private static String delta(String words) {
        return "event: message\ndata: {\"completion\":[{\"delta\":\"" + words + "\"}]}\n\n";
    }

    private static String last(String words) {
        return "event: message\ndata: {\"model_id\":\"m\",\"fingerprint\":\"sha256:1\","
                + "\"completion\":[{\"delta\":\""
                + words
                + "\",\"tokens\":3,\"finish_reason\":\"stop\"}]}\n\n"
                + "event: message\ndata: [DONE]\n\n";
    }

    /** What the client reads until now; the next part is asked for each time. */
    private static String read(ChunkedRestResponseBodyPart part) throws IOException {
        try (ReleasableBytesReference chunk =
                part.encodeChunk(1024, BytesRefRecycler.NON_RECYCLING_INSTANCE)) {
            assertTrue(part.isPartComplete());
            BytesRef bytes = chunk.toBytesRef();
            return bytes.utf8ToString();
        }
    }

    public void testPartsAreSentAsTheyCome() throws IOException {
        assertNull("the status is not known yet", channel.capturedResponse());
        part(0, "a ");
        RestResponse response = channel.capturedResponse();
        assertEquals(RestStatus.OK, response.status());
        ChunkedRestResponseBodyPart first = response.chunkedContent();
        assertEquals("text/event-stream", first.getResponseContentTypeString());
        assertEquals(delta("a "), read(first));
        assertFalse(first.isLastPart());
        PlainActionFuture<ChunkedRestResponseBodyPart> next = new PlainActionFuture<>();
        first.getNextPart(next);
        assertFalse("nothing more was written", next.isDone());
        part(2, "frog");
        text.onResponse(response("a frog jumps"));
        assertEquals(delta("frog") + last(" jumps"), read(next.actionGet()));
        assertTrue(next.actionGet().isLastPart());
        part(6, "never heard");
    }

    public void testAnotherNodeThatTakesOverRepeatsNothing() throws IOException {
        part(0, "a fr");
        part(0, "a ");
        part(2, "frog");
        text.onResponse(response("a frog"));
        assertEquals(
                delta("a fr") + delta("og") + last(""),
                read(channel.capturedResponse().chunkedContent()));
    }

    public void testAFailureBeforeTheFirstPartHasItsStatus() {
        text.onFailure(new ResourceNotFoundException("no such model"));
        assertEquals(RestStatus.NOT_FOUND, channel.capturedResponse().status());
        assertFalse(channel.capturedResponse().isChunked());
    }

    public void testALaterFailureIsTheLastEvent() throws IOException {
        part(0, "a ");
        text.onFailure(new ElasticsearchStatusException("too late", RestStatus.REQUEST_TIMEOUT));
        List<String> events =
                new ArrayList<>(
                        List.of(
                                read(channel.capturedResponse().chunkedContent())
                                        .split("(?<=\n\n)")));
        assertEquals(delta("a "), events.get(0));
        assertTrue(events.get(1), events.get(1).startsWith("event: error\ndata: {\"error\":{"));
        assertTrue(events.get(1), events.get(1).contains("\"reason\":\"too late\""));
        assertTrue(events.get(1), events.get(1).endsWith("\"status\":408}\n\n"));
        assertEquals(2, events.size());
    }
}
