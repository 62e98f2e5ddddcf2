package org.vidvec.inference;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.inference.InferenceException.Kind;

/**
 * Bounds the bytes of decoded frames. How many a file will give is known only afterwards, so each
 * decode reserves what the largest of the recent ones took; and one may always run, however large.
 */
final class FrameBudget {

    private final long limit;
    private final HeapMeter heap;
    private final List<Runnable> listeners = new ArrayList<>();
    private long used;
    private long guess;

    /**
     * @param heap that the frames are counted in; they do not ask it, because they wait here
     */
    FrameBudget(long limit, HeapMeter heap) {
        this.limit = limit;
        this.heap = heap;
    }

    /** Calls {@code listener}, on any thread, when bytes have been given back. */
    synchronized void onFree(Runnable listener) {
        listeners.add(listener);
    }

    /** Room for one more decode, or null if there is none now. */
    synchronized Reservation tryReserve() {
        if (used > 0 && used + guess > limit) {
            return null;
        }
        // at least 1, so that a decode before the first result counts
        Reservation reservation = new Reservation();
        change(reservation, Math.max(1, guess));
        return reservation;
    }

    synchronized long used() {
        return used;
    }

    private synchronized void change(Reservation reservation, long bytes) {
        used += bytes - reservation.bytes;
        heap.change(bytes - reservation.bytes);
        reservation.bytes = bytes;
    }

    /** Bytes that are held until it is closed. */
    final class Reservation implements AutoCloseable {

        private long bytes;
        private boolean closed;
        // of the files of the decode; on its thread only
        private long sum;
        private long largest;

        /**
         * Tells how many bytes the next file of the decode took.
         *
         * @return bytes of all so far
         * @throws InferenceException BAD_INPUT if they never fit; the largest alone always does
         */
        long add(long file) throws InferenceException {
            sum += file;
            largest = Math.max(largest, file);
            if (sum - largest > limit) {
                throw new InferenceException(
                        Kind.BAD_INPUT,
                        "the frames of the files of one request take more than ["
                                + limit
                                + "] bytes, the limit set by [vidvec.inference.frame_memory]; send"
                                + " fewer files at once, or sample fewer frames of each");
            }
            synchronized (FrameBudget.this) {
                change(this, Math.max(bytes, sum));
            }
            return sum;
        }

        /** Tells how many bytes the decode really took. */
        void settle(long actual) {
            synchronized (FrameBudget.this) {
                // an eighth: one giant file is forgotten after some ten ordinary ones
                guess = Math.max(actual, guess - guess / 8);
                change(this, actual);
            }
        }

        @Override
        public void close() {
            synchronized (FrameBudget.this) {
                if (closed) {
                    return;
                }
                closed = true;
                change(this, 0);
            }
            listeners.forEach(Runnable::run);
        }
    }
}
