package org.vidvec.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The inputs that wait in one lane. Each {@link Forward} has a queue of its own and they take
 * turns, so that a match of a hundred candidates lets a search in between its batches. Not
 * thread-safe.
 */
final class LaneQueue {

    /** In the order of their turns. */
    private final Map<Forward<?, ?>, Deque<Job<?, ?>>> queues = new LinkedHashMap<>();

    private int size;

    void add(Job<?, ?> job) {
        queues.computeIfAbsent(job.forward(), forward -> new ArrayDeque<>()).add(job);
        size++;
    }

    /** Takes a job out; false if it is not here. */
    boolean remove(Job<?, ?> job) {
        Deque<Job<?, ?>> queue = queues.get(job.forward());
        if (queue == null || !queue.remove(job)) {
            return false;
        }
        size--;
        if (queue.isEmpty()) {
            queues.remove(job.forward());
        }
        return true;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** When the oldest began to wait; there must be one. */
    long sinceNanos(long now) {
        long longest = Long.MIN_VALUE;
        for (Deque<Job<?, ?>> queue : queues.values()) {
            longest = Math.max(longest, now - queue.peek().sinceNanos());
        }
        return now - longest;
    }

    /** Up to {@code max} jobs of the queue whose turn it is; may be none. */
    List<Job<?, ?>> take(int max) {
        List<Job<?, ?>> batch = new ArrayList<>();
        Iterator<Map.Entry<Forward<?, ?>, Deque<Job<?, ?>>>> turns = queues.entrySet().iterator();
        if (!turns.hasNext()) {
            return batch;
        }
        Map.Entry<Forward<?, ?>, Deque<Job<?, ?>>> turn = turns.next();
        turns.remove();
        Deque<Job<?, ?>> queue = turn.getValue();
        while (!queue.isEmpty() && batch.size() < max) {
            batch.add(queue.poll());
        }
        size -= batch.size();
        if (!queue.isEmpty()) {
            queues.put(turn.getKey(), queue);
        }
        return batch;
    }

    /** Jobs that were taken and did not fit: first in their queue again, in their order. */
    void putBack(List<Job<?, ?>> rest) {
        for (Job<?, ?> job : rest.reversed()) {
            queues.computeIfAbsent(job.forward(), forward -> new ArrayDeque<>()).addFirst(job);
        }
        size += rest.size();
    }
}
