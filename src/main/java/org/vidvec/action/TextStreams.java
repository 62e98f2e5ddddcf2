package org.vidvec.action;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.transport.AbstractTransportRequest;

/** Who on this node hears texts while inference nodes write them. Thread-safe. */
public final class TextStreams {

    private final Map<Long, Listener> listeners = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    /** Hears a text in parts. */
    interface Listener {
        /**
         * The next part. Where another node took over, a part may come again.
         *
         * @param from its place in the text, in characters
         */
        void hear(int from, String part);
    }

    /** A part on its way. */
    static final class Part extends AbstractTransportRequest {

        private final long listener;
        private final int from;
        private final String text;

        Part(long listener, int from, String text) {
            this.listener = listener;
            this.from = from;
            this.text = text;
        }

        Part(StreamInput in) throws IOException {
            super(in);
            listener = in.readLong();
            from = in.readVInt();
            text = in.readString();
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            super.writeTo(out);
            out.writeLong(listener);
            out.writeVInt(from);
            out.writeString(text);
        }
    }

    /** Begins to hear. */
    long open(Listener listener) {
        long id = last.incrementAndGet();
        listeners.put(id, listener);
        return id;
    }

    /** Hears no more; what still comes is dropped. */
    void close(long id) {
        listeners.remove(id);
    }

    /** Passes a part on to whoever hears it. */
    void take(Part part) {
        Listener listener = listeners.get(part.listener);
        if (listener != null) {
            listener.hear(part.from, part.text);
        }
    }
}
