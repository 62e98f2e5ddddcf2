package org.vidvec.inference;

import org.vidvec.inference.InferenceException.Kind;

/** Bounds the calls under way and the files inside them; what is too much is refused at once. */
final class Admission {

    private final int capacity;
    private final HeapMeter heap;
    private int size;
    private long bytes;

    /**
     * @param heap that files are counted in
     */
    Admission(int capacity, HeapMeter heap) {
        this.capacity = capacity;
        this.heap = heap;
    }

    /**
     * Takes a place.
     *
     * @param callBytes of the files inside the call
     * @return gives the place back; to be run once
     * @throws InferenceException OVERLOADED if there is none, BAD_INPUT if there never will be
     */
    synchronized Runnable admit(long callBytes) throws InferenceException {
        if (size >= capacity) {
            throw new InferenceException(
                    Kind.OVERLOADED,
                    "the inference queue of this node is full: ["
                            + size
                            + "] calls of ["
                            + capacity
                            + "] are under way; send again later or raise"
                            + " [vidvec.inference.queue_capacity]");
        }
        // texts hold none, and are answered however full it is
        if (callBytes > 0) {
            heap.take(callBytes);
        }
        size++;
        bytes += callBytes;
        return () -> leave(callBytes);
    }

    private synchronized void leave(long callBytes) {
        size--;
        bytes -= callBytes;
        if (callBytes > 0) {
            heap.change(-callBytes);
        }
    }

    synchronized int size() {
        return size;
    }

    synchronized long bytes() {
        return bytes;
    }
}
