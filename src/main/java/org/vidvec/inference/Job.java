package org.vidvec.inference;

import java.util.concurrent.CompletableFuture;
import org.vidvec.model.ModelException;

/**
 * One decoded input that waits for its batch. It holds the model and its frames' memory until it is
 * closed, so that neither goes away under a forward pass whose caller has given up.
 *
 * @param <I> the input
 * @param <O> its answer
 */
final class Job<I, O> implements AutoCloseable {

    private final Forward<I, O> forward;
    private final Lane lane;
    private final Lease lease;
    private final Decoded memory;
    // null when it is closed: the call may go on for long, and knows its jobs
    private volatile I input;
    private final CompletableFuture<O> answer = new CompletableFuture<>();
    private long sinceNanos;
    private int tokens = -1;

    /**
     * What is asked.
     *
     * @param value read by the model
     * @param lane where it waits
     */
    record Input<I>(I value, Lane lane) {}

    /**
     * @param lease taken over
     * @param memory taken over
     */
    Job(Forward<I, O> forward, Input<I> input, Lease lease, Decoded memory) {
        this.forward = forward;
        this.lane = input.lane();
        this.input = input.value();
        this.lease = lease;
        this.memory = memory;
    }

    Forward<I, O> forward() {
        return forward;
    }

    /** What is asked about; only before it is closed. */
    I input() {
        return input;
    }

    Lane lane() {
        return lane;
    }

    /** The answer, or an {@link InferenceException}; cancelled if nobody wants it. */
    CompletableFuture<O> answer() {
        return answer;
    }

    /** When it began to wait. */
    long sinceNanos() {
        return sinceNanos;
    }

    void waitsSince(long nanos) {
        sinceNanos = nanos;
    }

    /** Decoder tokens, counted at the first question and kept. */
    int tokens() throws ModelException {
        if (tokens < 0) {
            tokens = forward.countTokens(lease.model(), input);
        }
        return tokens;
    }

    /** Gives model and memory back. */
    @Override
    public void close() {
        input = null;
        memory.close();
        lease.close();
    }
}
