package org.vidvec.inference;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Threads and time that move only when a test says so; all runs on the test's thread. */
final class ManualThreads {

    private final Deque<Runnable> decode = new ArrayDeque<>();
    private final Deque<Runnable> inference = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();
    private long nanos;
    private boolean stopped;

    InferenceExecutors executors() {
        return new InferenceExecutors(
                task -> add(decode, task),
                task -> add(inference, task),
                new ManualScheduler(),
                () -> nanos);
    }

    private void add(Deque<Runnable> queue, Runnable task) {
        if (stopped) {
            throw new RejectedExecutionException("stopped");
        }
        queue.add(task);
    }

    /** From now on no task is taken. */
    void stop() {
        stopped = true;
    }

    int waitingToDecode() {
        return decode.size();
    }

    int waitingForInference() {
        return inference.size();
    }

    boolean decodeOne() {
        return runOne(decode);
    }

    boolean inferOne() {
        return runOne(inference);
    }

    private static boolean runOne(Deque<Runnable> queue) {
        Runnable task = queue.poll();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    /** Runs all tasks, but lets no time pass. */
    void run() {
        while (decodeOne() || inferOne()) {
            continue;
        }
    }

    /** Lets time pass, running what comes due on the way. */
    void advance(Duration duration) {
        long until = nanos + duration.toNanos();
        while (true) {
            Timer next =
                    timers.stream()
                            .filter(timer -> timer.dueNanos <= until)
                            .min(Comparator.comparingLong(timer -> timer.dueNanos))
                            .orElse(null);
            if (next == null) {
                nanos = until;
                return;
            }
            nanos = Math.max(nanos, next.dueNanos);
            timers.remove(next);
            next.run();
        }
    }

    /** Runs all tasks, and as much time as the batches wait for company. */
    void settle() {
        run();
        advance(InferenceConfig.DEFAULT.batching().maxWait());
        run();
        advance(InferenceConfig.DEFAULT.batching().maxWait());
        run();
    }

    private final class Timer extends FutureTask<Void> implements ScheduledFuture<Void> {
        private final long dueNanos;

        Timer(Runnable task, long dueNanos) {
            super(task, null);
            this.dueNanos = dueNanos;
        }

        @Override
        public boolean cancel(boolean interrupt) {
            timers.remove(this);
            return super.cancel(interrupt);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(
                    getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    private final class ManualScheduler extends AbstractExecutorService
            implements ScheduledExecutorService {

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            if (stopped) {
                throw new RejectedExecutionException("stopped");
            }
            Timer timer = new Timer(task, nanos + unit.toNanos(delay));
            timers.add(timer);
            return timer;
        }

        @Override
        public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ScheduledFuture<?> scheduleAtFixedRate(
                Runnable task, long initialDelay, long period, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(
                Runnable task, long initialDelay, long delay, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void execute(Runnable task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void shutdown() {
            stopped = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            stopped = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return stopped;
        }

        @Override
        public boolean isTerminated() {
            return stopped;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return stopped;
        }
    }
}
