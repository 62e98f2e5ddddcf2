package org.vidvec.samples;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.vidvec.model.ModelException;

/**
 * Samples in the order in which they are drawn. Those that come next are read by other threads
 * meanwhile, which changes neither which ones they are nor what is in them, nor when it is known
 * that one can't be read: when it is asked for. Used by one thread.
 */
final class Upcoming<T> {

    /**
     * A sample that was drawn.
     *
     * @param draw how many were drawn before it
     * @param reading what reads it, in whichever thread comes first
     */
    record Wanted<T>(SampleMix.Sample sample, long draw, FutureTask<T> reading) {

        /**
         * What was read, or is now.
         *
         * @throws ModelException as {@link Supply#at}
         */
        T get() throws ModelException {
            // nothing happens if another thread has begun
            reading.run();
            try {
                return reading.get();
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case ModelException known -> throw known;
                    case RuntimeException known -> throw known;
                    case Error known -> throw known;
                    default -> throw new IllegalStateException(e.getCause());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped while samples were read", e);
            }
        }
    }

    private final List<? extends Supply<T>> sources;
    private final SampleMix mix;
    private final int size;
    private final ReadAhead ahead;
    private final Deque<Wanted<T>> planned = new ArrayDeque<>();
    private int begun;
    private long drawn;
    private IllegalArgumentException last;

    /**
     * @param size of a batch of the mix
     */
    Upcoming(List<? extends Supply<T>> sources, SampleMix mix, int size, ReadAhead ahead) {
        this.sources = sources;
        this.mix = mix;
        this.size = size;
        this.ahead = ahead;
    }

    /** Leaves out batches that a stopped run has seen; only before the first. */
    void skip(long batches) {
        mix.skip(batches);
        drawn += batches * size;
    }

    /**
     * The next batch, all of it being read; and so many samples after it.
     *
     * @throws IllegalArgumentException if none can be drawn
     */
    List<Wanted<T>> batch() {
        plan();
        if (planned.size() < size) {
            throw last;
        }
        begin();
        List<Wanted<T>> batch = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            batch.add(planned.remove());
        }
        begun = Math.max(0, begun - size);
        return batch;
    }

    /** A batch after the next may be one that can't be drawn, and may never be asked for. */
    private void plan() {
        while (last == null && planned.size() < size + ahead.samples()) {
            try {
                mix.next().forEach(sample -> planned.add(wanted(sample, drawn++)));
            } catch (IllegalArgumentException e) {
                last = e;
            }
        }
    }

    private void begin() {
        if (ahead.samples() == 0) {
            return;
        }
        Iterator<Wanted<T>> all = planned.iterator();
        for (int i = 0; i < size + ahead.samples() && all.hasNext(); i++) {
            Wanted<T> next = all.next();
            if (i >= begun) {
                ahead.threads().execute(next.reading());
                begun++;
            }
        }
    }

    /**
     * One that is not in the order, to be read when it is asked for.
     *
     * @param draw of that in whose place it is
     */
    Wanted<T> wanted(SampleMix.Sample sample, long draw) {
        Supply<T> source = sources.get(sample.source());
        return new Wanted<>(sample, draw, new FutureTask<>(() -> source.at(sample.place(), draw)));
    }
}
