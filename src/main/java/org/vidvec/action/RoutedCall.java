package org.vidvec.action;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionListenerResponseHandler;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.ReceiveTimeoutTransportException;
import org.elasticsearch.transport.TransportRequestOptions;
import org.elasticsearch.transport.TransportService;

/** One request on its way: the nodes that were tried, why they did not answer, the time left. */
final class RoutedCall<Q extends RoutedRequest<?, Q>, R extends ActionResponse> {

    private static final Logger logger = LogManager.getLogger(RoutedCall.class);

    /** What the inference node's own message about its deadline needs to arrive first. */
    private static final long GRACE_MILLIS = 1_000;

    private final InferenceRouter router;
    private final InferenceRouter.NodeAction<R> action;
    private final Q request;
    private final Task task;
    private final ActionListener<R> listener;
    private final long deadline;

    private final Set<DiscoveryNode> tried = new LinkedHashSet<>();
    private Exception full;
    private Exception missing;
    private Exception gone;

    RoutedCall(
            InferenceRouter router,
            InferenceRouter.NodeAction<R> action,
            Q request,
            Task task,
            ActionListener<R> listener) {
        this.router = router;
        this.action = action;
        this.request = request;
        this.task = task;
        this.listener = listener;
        this.deadline = router.now() + request.timeout().millis();
    }

    /** Sends the request to the best node that was not tried yet. One at a time, so no locks. */
    void sendToNext() {
        if (task instanceof CancellableTask cancellable
                && cancellable.notifyIfCancelled(listener)) {
            return;
        }
        DiscoveryNode node = router.pick(request.modelId(), tried);
        long left = deadline - router.now();
        if (node == null || left <= 0) {
            listener.onFailure(node == null ? nobodyLeft() : timedOut());
            return;
        }
        tried.add(node);
        NodeLoad load = router.load(node);
        load.started();
        TransportService transport = action.transport();
        transport.sendChildRequest(
                node,
                action.name(),
                request.within(TimeValue.timeValueMillis(left)),
                task,
                TransportRequestOptions.timeout(TimeValue.timeValueMillis(left + GRACE_MILLIS)),
                new ActionListenerResponseHandler<NodeAnswer<R>>(
                        onEnd(node, load),
                        in -> new NodeAnswer<>(in, action.reader()),
                        transport.getThreadPool().generic()));
    }

    private ActionListener<NodeAnswer<R>> onEnd(DiscoveryNode node, NodeLoad load) {
        return new ActionListener<>() {
            @Override
            public void onResponse(NodeAnswer<R> answer) {
                load.ended(answer.queued(), router.now());
                listener.onResponse(answer.response());
            }

            @Override
            public void onFailure(Exception e) {
                failed(node, load, e);
            }
        };
    }

    private void failed(DiscoveryNode node, NodeLoad load, Exception e) {
        Throwable cause = ExceptionsHelper.unwrapCause(e);
        Exception failure = cause instanceof Exception plain ? plain : e;
        if (Failures.isNodeGone(failure)) {
            load.ended();
            gone = failure;
        } else if (Failures.isFull(failure)) {
            load.refused(router.now());
            full = failure;
        } else if (failure instanceof ResourceNotFoundException) {
            load.ended();
            router.lacking(node, request.modelId());
            missing = failure;
        } else {
            load.ended();
            listener.onFailure(
                    failure instanceof ReceiveTimeoutTransportException ? timedOut() : failure);
            return;
        }
        logger.debug("[{}] on [{}] failed, trying another", action.name(), node.getName(), failure);
        sendToNext();
    }

    private Exception timedOut() {
        return Failures.timedOut(request.timeout(), "an inference node");
    }

    /** What to say when all nodes were tried: the reason that is most likely to pass. */
    private Exception nobodyLeft() {
        if (tried.isEmpty()) {
            return InferenceNodes.none();
        }
        if (full != null) {
            return full;
        }
        if (gone != null) {
            String names =
                    tried.stream().map(DiscoveryNode::getName).collect(Collectors.joining(", "));
            return new ElasticsearchStatusException(
                    "no inference node is left of [{}]: the last one failed with [{}]; try again"
                            + " when one is back",
                    RestStatus.SERVICE_UNAVAILABLE,
                    names,
                    gone.getMessage());
        }
        return missing;
    }
}
