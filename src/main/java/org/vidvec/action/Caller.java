package org.vidvec.action;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.tasks.CancellableTask;

/**
 * Who waits for an answer of this inference node, and how long still: opening a request's media may
 * take as long as anything after it.
 */
final class Caller {

    private final CancellableTask task;
    private final TimeValue timeout;
    private final LongSupplier clockMillis;
    private final long deadline;

    /**
     * @param task cancelled when nobody waits any more
     * @param timeout from now on
     * @param clockMillis only goes forward
     */
    Caller(CancellableTask task, TimeValue timeout, LongSupplier clockMillis) {
        this.task = task;
        this.timeout = timeout;
        this.clockMillis = clockMillis;
        this.deadline = clockMillis.getAsLong() + timeout.millis();
    }

    /** Cancelled when nobody waits any more. */
    CancellableTask task() {
        return task;
    }

    /** Whether it is of no use to go on. */
    boolean isGone() {
        return task.isCancelled() || deadline <= clockMillis.getAsLong();
    }

    /**
     * Before each thing that may take long.
     *
     * @throws org.elasticsearch.tasks.TaskCancelledException if nobody waits any more
     * @throws org.elasticsearch.ElasticsearchStatusException 408 if the time is over
     */
    void check() {
        task.ensureNotCancelled();
        if (isGone()) {
            throw Failures.timedOut(timeout, "its media to be opened");
        }
    }

    /** What is left of the time, a millisecond at least. */
    Duration timeLeft() {
        return Duration.ofMillis(Math.max(1, deadline - clockMillis.getAsLong()));
    }
}
