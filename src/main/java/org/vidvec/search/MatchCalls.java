package org.vidvec.search;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.admin.cluster.node.tasks.cancel.CancelTasksRequest;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskId;
import org.vidvec.action.MatchAction;

/**
 * Asks {@link MatchAction} and waits for its answer on a search thread. Elasticsearch's rescore is
 * synchronous, so waiting is unavoidable here; it ends at the deadline, or when the search is
 * cancelled, and takes the question back.
 */
final class MatchCalls {

    // short enough that a cancelled search ends at once for a person, long enough to cost nothing
    private static final long POLL_MILLIS = 50;

    // the inference node ends at the deadline and knows why; this is for its answer to travel
    private static final long GRACE_MILLIS = 1_000;

    private final NodeClient client;

    MatchCalls(NodeClient client) {
        this.client = client;
    }

    /**
     * The answer to a question: one of the two is null.
     *
     * @param response as it came
     * @param failure why there is none
     */
    record Answer(MatchAction.Response response, Exception failure) {}

    /**
     * Asks and waits. Never called on a transport thread.
     *
     * @param checkCancelled throws if the search has been cancelled or its own time is over; what
     *     it throws is passed on
     */
    Answer ask(MatchAction.Request request, Runnable checkCancelled) {
        PlainActionFuture<MatchAction.Response> future = new PlainActionFuture<>();
        Task task = client.executeLocally(MatchAction.INSTANCE, request, future);
        try {
            return await(future, request, checkCancelled);
        } finally {
            if (future.isDone() == false) {
                cancel(task);
            }
        }
    }

    private static Answer await(
            PlainActionFuture<MatchAction.Response> future,
            MatchAction.Request request,
            Runnable checkCancelled) {
        long end =
                System.nanoTime()
                        + request.timeout().nanos()
                        + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
        while (System.nanoTime() < end) {
            checkCancelled.run();
            try {
                return new Answer(future.get(POLL_MILLIS, TimeUnit.MILLISECONDS), null);
            } catch (TimeoutException e) {
                continue;
            } catch (ExecutionException e) {
                return new Answer(null, cause(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Answer(null, new IllegalStateException("interrupted", e));
            }
        }
        return new Answer(null, timedOut(request.timeout(), request.candidates().size()));
    }

    private static Exception cause(ExecutionException e) {
        return ExceptionsHelper.unwrapCause(e.getCause()) instanceof Exception cause ? cause : e;
    }

    /** Nothing came in time. */
    static ElasticsearchStatusException timedOut(TimeValue timeout, int hits) {
        return new ElasticsearchStatusException(
                "[vidvec] timed out after [{}] waiting for the model to judge [{}] hits; raise"
                        + " [timeout], lower [window_size], or set [allow_rerank_failures]",
                RestStatus.REQUEST_TIMEOUT,
                timeout,
                hits);
    }

    private void cancel(Task task) {
        CancelTasksRequest request = new CancelTasksRequest();
        request.setTargetTaskId(new TaskId(client.getLocalNodeId(), task.getId()));
        request.setReason("the search that asked has ended");
        client.admin().cluster().cancelTasks(request, ActionListener.noop());
    }
}
