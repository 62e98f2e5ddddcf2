package org.vidvec.action;

import java.io.IOException;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.transport.TransportResponse;

/**
 * What an inference node answers: the response, and how busy it is, so that the next request can go
 * to the least busy one.
 *
 * @param <R> class of the response
 */
final class NodeAnswer<R extends ActionResponse> extends TransportResponse {

    private final R response;
    private final int queued;

    /**
     * @param response for the user
     * @param queued calls under way on the node
     */
    NodeAnswer(R response, int queued) {
        this.response = response;
        this.queued = queued;
    }

    /** Reads what {@link #writeTo} wrote. */
    NodeAnswer(StreamInput in, Writeable.Reader<R> reader) throws IOException {
        response = reader.read(in);
        queued = in.readVInt();
    }

    R response() {
        return response;
    }

    int queued() {
        return queued;
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        response.writeTo(out);
        out.writeVInt(queued);
    }
}
