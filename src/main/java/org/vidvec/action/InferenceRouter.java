package org.vidvec.action;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;

/**
 * Sends each request to the inference node that is likely to answer first: one that has the model,
 * with the fewest calls under way, this node rather than another. Thread-safe.
 */
public final class InferenceRouter {

    /** How long a node that lacked a model is asked last: the admin may put it there. */
    private static final long LACKING_MILLIS = 60_000;

    private final ClusterService cluster;
    private final LongSupplier clockMillis;
    private final Map<String, NodeLoad> loads = new ConcurrentHashMap<>();
    private final Map<String, Long> lackingUntil = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * Asks nothing yet.
     *
     * @param clockMillis only goes forward
     */
    public InferenceRouter(ClusterService cluster, LongSupplier clockMillis) {
        this.cluster = cluster;
        this.clockMillis = clockMillis;
    }

    /**
     * How an inference node is asked.
     *
     * @param name of the node-level action
     * @param reader of its response
     */
    record NodeAction<R extends ActionResponse>(
            TransportService transport, String name, Writeable.Reader<R> reader) {}

    /**
     * Sends a request, to other nodes if one leaves, is full or lacks the model.
     *
     * @param task cancelled with its child on the inference node
     * @param listener called on a generic thread, or on this one if nothing could be sent
     */
    <Q extends RoutedRequest<?, Q>, R extends ActionResponse> void route(
            NodeAction<R> action, Q request, Task task, ActionListener<R> listener) {
        new RoutedCall<>(this, action, request, task, listener).sendToNext();
    }

    /** The best node that was not tried yet, or null if all were. */
    DiscoveryNode pick(String modelId, Set<DiscoveryNode> tried) {
        DiscoveryNodes nodes = cluster.state().nodes();
        List<DiscoveryNode> candidates = new ArrayList<>(InferenceNodes.of(nodes));
        forgetAllBut(candidates);
        candidates.removeAll(tried);
        if (candidates.isEmpty()) {
            return null;
        }
        // idle nodes take turns
        Collections.rotate(candidates, turn.getAndIncrement());
        long now = now();
        return Collections.min(
                candidates,
                Comparator.comparing((DiscoveryNode node) -> lacks(node, modelId, now))
                        .thenComparing(node -> load(node).calls(now))
                        .thenComparing(
                                node -> node.getId().equals(nodes.getLocalNodeId()) == false));
    }

    NodeLoad load(DiscoveryNode node) {
        return loads.computeIfAbsent(node.getId(), id -> new NodeLoad());
    }

    void lacking(DiscoveryNode node, String modelId) {
        lackingUntil.put(key(node, modelId), now() + LACKING_MILLIS);
    }

    /** Milliseconds of a clock that only goes forward. */
    long now() {
        return clockMillis.getAsLong();
    }

    private boolean lacks(DiscoveryNode node, String modelId, long now) {
        Long until = lackingUntil.get(key(node, modelId));
        return until != null && until > now;
    }

    private static String key(DiscoveryNode node, String modelId) {
        return node.getEphemeralId() + "/" + modelId;
    }

    private void forgetAllBut(List<DiscoveryNode> nodes) {
        if (loads.size() > nodes.size()) {
            loads.keySet()
                    .retainAll(
                            nodes.stream().map(DiscoveryNode::getId).collect(Collectors.toSet()));
        }
        long now = now();
        lackingUntil.values().removeIf(until -> until <= now);
    }
}
