package org.vidvec.inference;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.vidvec.model.LoadedModel;

/**
 * The inputs that wait for one model. A batch is put together when an inference thread is there to
 * run it, not before, so that a query that has just come still overtakes; it is due when the lane
 * is full or its first input has waited long enough for company.
 */
final class BatchScheduler {

    // 4: a steady stream of queries leaves a fifth of the batches to ingest
    private static final int QUERIES_IN_A_ROW = 4;

    private final Supplier<InferenceConfig.Batching> limits;
    private final int threads;
    private final SafeExecutor executor;
    private final InferenceExecutors executors;
    private final BatchRunner runner;

    private final Map<Lane, LaneQueue> lanes = new EnumMap<>(Lane.class);
    private int running;
    private int queriesInARow;
    // null for none
    private ScheduledFuture<?> alarm;
    private long alarmNanos;

    /**
     * @param limits may change at any time; inputs that wait then may wait as long as before
     * @param threads batches at once
     */
    BatchScheduler(
            LoadedModel model,
            ModelMeter meter,
            Supplier<InferenceConfig.Batching> limits,
            int threads,
            InferenceExecutors executors,
            Histogram waits) {
        this.limits = limits;
        this.threads = threads;
        this.executors = executors;
        this.executor = new SafeExecutor("inference", executors.inference());
        this.runner =
                new BatchRunner(
                        model, meter, waits, limits.get().maxTokens(), executors.nanoTime());
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new LaneQueue());
        }
    }

    /** Takes a job over; its answer comes on an inference thread. */
    void submit(Job<?, ?> job) {
        synchronized (lanes) {
            job.waitsSince(executors.nanoTime().getAsLong());
            lanes.get(job.lane()).add(job);
        }
        wake();
    }

    /** Nobody wants the job any more; one that runs already goes on to its end. */
    void drop(Job<?, ?> job) {
        boolean waiting;
        synchronized (lanes) {
            waiting = lanes.get(job.lane()).remove(job);
        }
        job.answer().cancel(false);
        if (waiting) {
            job.close();
        }
    }

    /** Inputs that wait. */
    int waiting() {
        synchronized (lanes) {
            return lanes.values().stream().mapToInt(LaneQueue::size).sum();
        }
    }

    /** Why the engine failed in the last forward pass; null if it did not. */
    InferenceException failure() {
        return runner.failure();
    }

    /** Has one thread run a batch if one is due; that thread will wake the next. */
    private void wake() {
        synchronized (lanes) {
            long wait = running < threads ? nanosUntilDue() : -1;
            if (wait > 0) {
                setAlarm(wait);
            }
            if (wait != 0) {
                return;
            }
            running++;
        }
        executor.execute(this::work, "run a batch", this::stop);
    }

    /** Zero if a batch is due, -1 if nothing waits. */
    private long nanosUntilDue() {
        long soonest = -1;
        InferenceConfig.Batching now = limits.get();
        for (LaneQueue lane : lanes.values()) {
            if (lane.size() >= now.maxSize()) {
                return 0;
            }
            if (!lane.isEmpty()) {
                long nanos = executors.nanoTime().getAsLong();
                long waited = nanos - lane.sinceNanos(nanos);
                long left = Math.max(0, now.maxWait().toNanos() - waited);
                soonest = soonest < 0 ? left : Math.min(soonest, left);
            }
        }
        return soonest;
    }

    private void setAlarm(long nanos) {
        long at = executors.nanoTime().getAsLong() + nanos;
        if (alarm != null && alarmNanos - at <= 0) {
            return;
        }
        if (alarm != null) {
            // of a time when inputs waited longer for company
            alarm.cancel(false);
        }
        alarmNanos = at;
        try {
            alarm = executors.scheduler().schedule(this::alarm, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // shutting down: the service fails the calls
            alarm = null;
        }
    }

    private void alarm() {
        synchronized (lanes) {
            alarm = null;
        }
        wake();
    }

    private void work() {
        List<Job<?, ?>> batch;
        synchronized (lanes) {
            batch = take();
        }
        wake();
        // never throws
        putBack(runner.run(batch));
        synchronized (lanes) {
            running--;
        }
        wake();
    }

    /** No thread took the work: there is no use in waiting. */
    private void stop(InferenceException failure) {
        List<Job<?, ?>> all = new ArrayList<>();
        synchronized (lanes) {
            running--;
            for (LaneQueue lane : lanes.values()) {
                while (!lane.isEmpty()) {
                    all.addAll(lane.take(Integer.MAX_VALUE));
                }
            }
        }
        for (Job<?, ?> job : all) {
            job.close();
            job.answer().completeExceptionally(failure);
        }
    }

    private List<Job<?, ?>> take() {
        Lane lane = nextLane();
        queriesInARow = lane == Lane.QUERY ? queriesInARow + 1 : 0;
        return lanes.get(lane).take(limits.get().maxSize());
    }

    private Lane nextLane() {
        if (lanes.get(Lane.QUERY).isEmpty()) {
            return Lane.DOCUMENT;
        }
        boolean turn = queriesInARow >= QUERIES_IN_A_ROW && !lanes.get(Lane.DOCUMENT).isEmpty();
        return turn ? Lane.DOCUMENT : Lane.QUERY;
    }

    private void putBack(List<Job<?, ?>> rest) {
        synchronized (lanes) {
            if (!rest.isEmpty()) {
                lanes.get(rest.get(0).lane()).putBack(rest);
            }
        }
    }
}
