package org.vidvec.action;

import java.util.concurrent.atomic.AtomicInteger;

/** What this node knows of another node's load. Thread-safe. */
final class NodeLoad {

    /** How long a node's word counts: queues change within seconds. */
    private static final long FRESH_MILLIS = 2_000;

    /** More than any queue holds. */
    private static final int FULL = 1 << 20;

    private final AtomicInteger ours = new AtomicInteger();
    private volatile Report report = new Report(0, 0);

    private record Report(int others, long atMillis) {}

    /** Calls under way: ours, counted, and those of others, as last heard. */
    int calls(long nowMillis) {
        Report last = report;
        boolean fresh = nowMillis - last.atMillis < FRESH_MILLIS;
        return ours.get() + (fresh ? last.others : 0);
    }

    /** A request of ours is sent. */
    void started() {
        ours.incrementAndGet();
    }

    /** A request of ours has ended without a word on the queue. */
    void ended() {
        ours.decrementAndGet();
    }

    /** A request of ours was answered, and the node said how many calls it has under way. */
    void ended(int queued, long nowMillis) {
        report = new Report(Math.max(0, queued - ours.decrementAndGet()), nowMillis);
    }

    /** A request of ours was refused because the node's queue is full. */
    void refused(long nowMillis) {
        ours.decrementAndGet();
        report = new Report(FULL, nowMillis);
    }
}
