package org.vidvec.action;

import java.util.function.LongConsumer;
import org.elasticsearch.core.Releasable;
import org.vidvec.inference.HeapMeter;
import org.vidvec.inference.InferenceException;

/** Heap that one file takes while it is read as a whole and until it is closed. */
final class HeapShare implements LongConsumer, Releasable {

    private final HeapMeter heap;
    private long bytes;

    /**
     * @param heap that it is a share of
     */
    HeapShare(HeapMeter heap) {
        this.heap = heap;
    }

    /**
     * Takes more.
     *
     * @throws RuntimeException of status 429 if there is not so much now, 400 if there never is
     */
    @Override
    public synchronized void accept(long more) {
        try {
            heap.take(more);
            bytes += more;
        } catch (InferenceException e) {
            // all at once: it tells whether that would ever fit
            takeAnew(bytes + more);
        }
    }

    private void takeAnew(long all) {
        close();
        try {
            heap.take(all);
            bytes = all;
        } catch (InferenceException e) {
            throw (RuntimeException) Failures.of(e);
        }
    }

    /** Gives all of it back. */
    @Override
    public synchronized void close() {
        if (bytes > 0) {
            heap.change(-bytes);
        }
        bytes = 0;
    }
}
