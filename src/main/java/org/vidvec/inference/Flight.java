package org.vidvec.inference;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.vidvec.inference.InferenceException.Kind;

/**
 * One call under way: its future, its deadline, and what has to be given back when it ends, however
 * it ends. All is given back before the caller hears of the end.
 *
 * @param <T> what the caller gets
 */
final class Flight<T> {

    private final CompletableFuture<T> future = new CompletableFuture<>();
    private final Duration timeout;
    private final Deque<Runnable> releases = new ArrayDeque<>();
    private final Consumer<InferenceException> failures;
    private boolean ended;
    private volatile String waitingFor = "a place in the queue";

    private Flight(Duration timeout, Consumer<InferenceException> failures) {
        this.timeout = timeout;
        this.failures = failures;
        // the caller may cancel
        future.whenComplete((result, failure) -> end());
    }

    /**
     * Starts the deadline.
     *
     * @param failures hears of a failure before the caller does; not of a cancellation
     */
    static <T> Flight<T> start(
            Duration timeout,
            ScheduledExecutorService scheduler,
            Consumer<InferenceException> failures) {
        Flight<T> flight = new Flight<>(timeout, failures);
        try {
            ScheduledFuture<?> deadline =
                    scheduler.schedule(flight::expire, timeout.toNanos(), TimeUnit.NANOSECONDS);
            flight.onEnd(() -> deadline.cancel(false));
        } catch (RejectedExecutionException e) {
            flight.fail(shuttingDown());
        }
        return flight;
    }

    static InferenceException shuttingDown() {
        return new InferenceException(
                Kind.UNAVAILABLE, "this node is shutting down; send again to another node");
    }

    CompletableFuture<T> future() {
        return future;
    }

    boolean isDone() {
        synchronized (releases) {
            return ended;
        }
    }

    /** Says in a timeout what the call was waiting for. */
    void waitFor(String what) {
        waitingFor = what;
    }

    /** Runs {@code release} once when the call ends; at once if it has ended. */
    void onEnd(Runnable release) {
        synchronized (releases) {
            if (!ended) {
                releases.push(release);
                return;
            }
        }
        release.run();
    }

    /** Ends the call with what became of it, unless it has ended. */
    void finish(T result, Throwable failure, String doing) {
        if (failure != null && !isDone()) {
            fail(Failures.of(failure, doing));
        } else if (failure == null && end()) {
            future.complete(result);
        }
    }

    void fail(InferenceException failure) {
        if (end()) {
            failures.accept(failure);
            future.completeExceptionally(failure);
        }
    }

    private void expire() {
        fail(
                new InferenceException(
                        Kind.TIMEOUT,
                        "[vidvec] timed out after ["
                                + text(timeout)
                                + "] waiting for "
                                + waitingFor
                                + "; raise [timeout] or send again when the node is less busy"));
    }

    /** Gives everything back; false if that was done before. */
    private boolean end() {
        synchronized (releases) {
            if (ended) {
                return false;
            }
            ended = true;
        }
        // nothing is pushed any more
        while (!releases.isEmpty()) {
            SafeExecutor.run(releases.pop(), "clean up after a call", failure -> {});
        }
        return true;
    }

    /** As Elasticsearch writes it: 250ms, 5s. */
    static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? duration.toSeconds() + "s"
                : duration.toMillis() + "ms";
    }
}
