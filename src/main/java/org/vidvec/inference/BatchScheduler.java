package org.vidvec.inference;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.vidvec.model.LoadedModel;

/**
 * The inputs that wait for one model. A batch is put together when an inference thread is there to
 * run it, not before, so that a query that has just come still overtakes; it is due when the lane
 * is full or its first input has waited long enough for company.
 */
final class BatchScheduler {

    // 4: a steady stream of queries leaves a fifth of the batches to ingest
    private static final int QUERIES_IN_A_ROW = 4;

    private final InferenceConfig.Batching limits;
    private final int threads;
    private final SafeExecutor executor;
    private final InferenceExecutors executors;
    private final BatchRunner runner;

    private final Map<Lane, LaneQueue> lanes = new EnumMap<>(Lane.class);
    private int running;
    private int queriesInARow;
    private boolean alarmSet;

    BatchScheduler(
            LoadedModel model,
            ModelMeter meter,
            InferenceConfig config,
            InferenceExecutors executors,
            Histogram waits) {
        this.limits = config.batching();
        this.threads = config.inferenceThreads();
        this.executors = executors;
        this.executor = new SafeExecutor("inference", executors.inference());
        this.runner =
                new BatchRunner(model, meter, waits, limits.maxTokens(), executors.nanoTime());
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
        for (LaneQueue lane : lanes.values()) {
            if (lane.size() >= limits.maxSize()) {
                return 0;
            }
            if (!lane.isEmpty()) {
                long now = executors.nanoTime().getAsLong();
                long waited = now - lane.sinceNanos(now);
                long left = Math.max(0, limits.maxWait().toNanos() - waited);
                soonest = soonest < 0 ? left : Math.min(soonest, left);
            }
        }
        return soonest;
    }

    private void setAlarm(long nanos) {
        if (alarmSet) {
            return;
        }
        try {
            executors.scheduler().schedule(this::alarm, nanos, TimeUnit.NANOSECONDS);
            alarmSet = true;
        } catch (RejectedExecutionException e) {
            // shutting down: the service fails the calls
            alarmSet = false;
        }
    }

    private void alarm() {
        synchronized (lanes) {
            alarmSet = false;
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
        return lanes.get(lane).take(limits.maxSize());
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
