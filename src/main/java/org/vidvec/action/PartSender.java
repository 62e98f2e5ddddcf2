package org.vidvec.action;

import java.util.function.Consumer;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.transport.TransportResponseHandler;
import org.elasticsearch.transport.TransportService;

/**
 * Sends a text to the node that hears it, while it is written. One message at a time, so that parts
 * stay in order; what is written meanwhile goes with the next one. What does not arrive is in the
 * answer.
 */
final class PartSender implements Consumer<String> {

    private final TransportService transport;
    private final DiscoveryNode node;
    private final String action;
    private final long listener;
    private final StringBuilder waiting = new StringBuilder();
    private int sent;
    private boolean underWay;

    PartSender(TransportService transport, DiscoveryNode node, String action, long listener) {
        this.transport = transport;
        this.node = node;
        this.action = action;
        this.listener = listener;
    }

    @Override
    public void accept(String piece) {
        synchronized (waiting) {
            waiting.append(piece);
            if (underWay) {
                return;
            }
            underWay = true;
        }
        send();
    }

    private void send() {
        TextStreams.Part part;
        synchronized (waiting) {
            if (waiting.isEmpty()) {
                underWay = false;
                return;
            }
            part = new TextStreams.Part(listener, sent, waiting.toString());
            sent += waiting.length();
            waiting.setLength(0);
        }
        transport.sendRequest(
                node,
                action,
                part,
                TransportResponseHandler.empty(
                        EsExecutors.DIRECT_EXECUTOR_SERVICE,
                        // after a failure nothing more is sent: the answer holds all, or fails too
                        ActionListener.wrap(taken -> send(), e -> {})));
    }
}
