package org.vidvec.inference;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/**
 * Decodes what waits for it: queries first, as many at once as there are threads, and none while
 * the frames in memory are over their budget.
 */
final class DecodeStage {

    private final MediaDecoder decoder;
    private final FrameBudget budget;
    private final SafeExecutor executor;
    private final int threads;
    private final Map<Lane, Deque<DecodeTask>> waiting = new EnumMap<>(Lane.class);
    private int running;

    DecodeStage(MediaDecoder decoder, FrameBudget budget, SafeExecutor executor, int threads) {
        this.decoder = decoder;
        this.budget = budget;
        this.executor = executor;
        this.threads = threads;
        for (Lane lane : Lane.values()) {
            waiting.put(lane, new ArrayDeque<>());
        }
        budget.onFree(this::pump);
    }

    /** Decodes {@code task} on a decode thread; a text alone at once. */
    void submit(DecodeTask task) {
        if (task.isText()) {
            if (task.start()) {
                task.finish(MediaDecoder.texts(task.items()), null);
            }
            return;
        }
        synchronized (waiting) {
            waiting.get(task.lane()).add(task);
        }
        pump();
    }

    /** Nobody wants {@code task} any more: takes it out, or has it end at its next read. */
    void drop(DecodeTask task) {
        synchronized (waiting) {
            waiting.get(task.lane()).remove(task);
        }
        task.drop();
    }

    private void pump() {
        while (true) {
            DecodeTask task;
            FrameBudget.Reservation frames;
            synchronized (waiting) {
                if (running >= threads || isEmpty()) {
                    return;
                }
                frames = budget.tryReserve();
                if (frames == null) {
                    return;
                }
                running++;
                task = poll();
            }
            executor.execute(
                    () -> run(task, frames),
                    "decode media",
                    failure -> over(task, frames, failure));
        }
    }

    private void run(DecodeTask task, FrameBudget.Reservation frames) {
        if (!task.start()) {
            over(task, frames, null);
            return;
        }
        Decoded decoded;
        try {
            decoded = decoder.decode(task, frames);
        } catch (Throwable t) {
            over(task, frames, Failures.of(t, "decode media"));
            return;
        }
        leave();
        task.finish(decoded, null);
    }

    private void over(DecodeTask task, FrameBudget.Reservation frames, InferenceException failure) {
        leave();
        frames.close();
        if (failure != null) {
            task.finish(null, failure);
        }
    }

    private void leave() {
        synchronized (waiting) {
            running--;
        }
        pump();
    }

    private boolean isEmpty() {
        return waiting.values().stream().allMatch(Deque::isEmpty);
    }

    private DecodeTask poll() {
        DecodeTask query = waiting.get(Lane.QUERY).poll();
        return query != null ? query : waiting.get(Lane.DOCUMENT).poll();
    }
}
