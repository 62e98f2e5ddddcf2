package org.vidvec.inference;

import org.vidvec.inference.InferenceException.Kind;

/** Bounds the calls under way and the files inside them; what is too much is refused at once. */
final class Admission {

    private final int capacity;
    private final long byteCapacity;
    private int size;
    private long bytes;

    Admission(int capacity, long byteCapacity) {
        this.capacity = capacity;
        this.byteCapacity = byteCapacity;
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
        if (callBytes > byteCapacity) {
            throw new InferenceException(
                    Kind.BAD_INPUT,
                    "the call holds ["
                            + callBytes
                            + "] bytes of media, over the limit of ["
                            + byteCapacity
                            + "] set by [vidvec.inference.input_memory]; raise it, or name the"
                            + " file by a [repository://] URI");
        }
        if (bytes + callBytes > byteCapacity) {
            throw new InferenceException(
                    Kind.OVERLOADED,
                    "the calls under way hold ["
                            + bytes
                            + "] bytes of media, and ["
                            + callBytes
                            + "] more would exceed the limit of ["
                            + byteCapacity
                            + "]; send again later or raise [vidvec.inference.input_memory]");
        }
        size++;
        bytes += callBytes;
        return () -> leave(callBytes);
    }

    private synchronized void leave(long callBytes) {
        size--;
        bytes -= callBytes;
    }

    synchronized int size() {
        return size;
    }

    synchronized long bytes() {
        return bytes;
    }
}
