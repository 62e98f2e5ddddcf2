package org.vidvec.action;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.common.bytes.ReleasableBytesReference;
import org.elasticsearch.common.io.stream.RecyclerBytesStreamOutput;
import org.elasticsearch.common.recycler.Recycler;
import org.elasticsearch.rest.ChunkedRestResponseBodyPart;
import org.elasticsearch.rest.RestChannel;
import org.elasticsearch.rest.RestResponse;
import org.elasticsearch.rest.RestStatus;

/**
 * Server-sent events, the answer to one request: sent as they come, and the response begins with
 * the first one. Thread-safe.
 */
final class EventStream {

    private static final String CONTENT_TYPE = "text/event-stream";

    private final RestChannel channel;
    private final Queue<String> waiting = new ArrayDeque<>();
    private ActionListener<ChunkedRestResponseBodyPart> next;
    private boolean begun;
    private boolean ended;

    EventStream(RestChannel channel) {
        this.channel = channel;
    }

    /** Whether an event was sent, and with it the status 200. */
    synchronized boolean isBegun() {
        return begun;
    }

    /** Sends an event, unless the last one was sent. */
    void send(String type, String data) {
        add("event: " + type + "\ndata: " + data + "\n\n", false);
    }

    /** Sends the last event. */
    void end(String type, String data) {
        add("event: " + type + "\ndata: " + data + "\n\n", true);
    }

    private void add(String event, boolean last) {
        ActionListener<ChunkedRestResponseBodyPart> asked;
        boolean first;
        synchronized (this) {
            if (ended) {
                return;
            }
            waiting.add(event);
            ended = last;
            first = begun == false;
            begun = true;
            asked = next;
            next = null;
        }
        if (first) {
            channel.sendResponse(RestResponse.chunked(RestStatus.OK, new Part(), null));
        } else if (asked != null) {
            asked.onResponse(new Part());
        }
    }

    /** What waits now; the next part is asked for when it is sent. */
    private final class Part implements ChunkedRestResponseBodyPart {

        private boolean complete;
        private boolean last;

        @Override
        public boolean isPartComplete() {
            return complete;
        }

        @Override
        public boolean isLastPart() {
            return last;
        }

        @Override
        public void getNextPart(ActionListener<ChunkedRestResponseBodyPart> listener) {
            synchronized (EventStream.this) {
                if (waiting.isEmpty()) {
                    next = listener;
                    return;
                }
            }
            listener.onResponse(new Part());
        }

        @Override
        public ReleasableBytesReference encodeChunk(int sizeHint, Recycler<BytesRef> recycler)
                throws IOException {
            try (RecyclerBytesStreamOutput out = new RecyclerBytesStreamOutput(recycler)) {
                synchronized (EventStream.this) {
                    while (waiting.isEmpty() == false) {
                        byte[] event = waiting.remove().getBytes(StandardCharsets.UTF_8);
                        out.writeBytes(event, 0, event.length);
                    }
                    complete = true;
                    last = ended;
                }
                return out.moveToBytesReference();
            }
        }

        @Override
        public String getResponseContentTypeString() {
            return CONTENT_TYPE;
        }
    }
}
