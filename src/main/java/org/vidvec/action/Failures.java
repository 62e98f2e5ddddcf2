package org.vidvec.action;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.common.util.concurrent.EsRejectedExecutionException;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.node.NodeClosedException;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.tasks.TaskCancelledException;
import org.elasticsearch.transport.ConnectTransportException;
import org.vidvec.inference.InferenceException;

/**
 * Failures of inference as the host's own exceptions: each has its HTTP status, and keeps it on the
 * way from node to node.
 */
public final class Failures {

    private static final Logger logger = LogManager.getLogger(Failures.class);

    private Failures() {}

    /** The host's exception for what an inference future failed with. */
    static Exception of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return switch (cause) {
            case InferenceException e -> of(e);
            case CancellationException e -> new TaskCancelledException("the request was cancelled");
            default -> {
                logger.error("an inference call failed unexpectedly", cause);
                // without the cause: an Error among the causes would kill the node
                yield new ElasticsearchStatusException(
                        "inference failed unexpectedly [{}]; see the log of the inference node",
                        RestStatus.INTERNAL_SERVER_ERROR,
                        cause.getClass().getSimpleName());
            }
        };
    }

    private static Exception of(InferenceException e) {
        String message = e.getMessage();
        return switch (e.kind()) {
            case BAD_INPUT -> new IllegalArgumentException(message);
            case MODEL_NOT_FOUND -> new ResourceNotFoundException(message);
            case UNREADABLE -> status(message, RestStatus.BAD_GATEWAY);
            case TIMEOUT -> status(message, RestStatus.REQUEST_TIMEOUT);
            // the breaker's own tells bytes and limit as fields
            case OVERLOADED ->
                    e.getCause() instanceof CircuitBreakingException broken
                            ? broken
                            : new EsRejectedExecutionException(message);
            case CANCELLED -> new TaskCancelledException(message);
            case UNAVAILABLE -> status(message, RestStatus.SERVICE_UNAVAILABLE);
            case FAILED -> {
                logger.warn("an inference call failed", e);
                yield status(message, RestStatus.INTERNAL_SERVER_ERROR);
            }
        };
    }

    /**
     * 408.
     *
     * @param what was waited for
     */
    static ElasticsearchStatusException timedOut(TimeValue timeout, String what) {
        return status(
                "[vidvec] timed out after ["
                        + timeout
                        + "] waiting for "
                        + what
                        + "; raise [timeout] or send less at once",
                RestStatus.REQUEST_TIMEOUT);
    }

    /** Whether the failure says that a node is leaving or can't be reached, so another may do. */
    static boolean isNodeGone(Throwable unwrapped) {
        return unwrapped instanceof ConnectTransportException
                || unwrapped instanceof NodeClosedException
                || (unwrapped instanceof EsRejectedExecutionException rejected
                        && rejected.isExecutorShutdown())
                || statusOf(unwrapped) == RestStatus.SERVICE_UNAVAILABLE;
    }

    /** Whether the failure says that queue or memory are full, so trying again later helps. */
    public static boolean isFull(Exception failure) {
        return statusOf(ExceptionsHelper.unwrapCause(failure)) == RestStatus.TOO_MANY_REQUESTS;
    }

    private static RestStatus statusOf(Throwable failure) {
        return ExceptionsHelper.status(failure);
    }

    // the pattern has no placeholder and the message is its argument: it may hold braces of its own
    private static ElasticsearchStatusException status(String message, RestStatus status) {
        return new ElasticsearchStatusException("{}", status, message);
    }
}
