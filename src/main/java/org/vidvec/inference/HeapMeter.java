package org.vidvec.inference;

/** Where a node counts the heap that calls hold, beside all else that takes heap. Thread-safe. */
public interface HeapMeter {

    /**
     * Takes bytes, which are given back by {@link #change}.
     *
     * @throws InferenceException OVERLOADED if there are not so many now, BAD_INPUT if there never
     *     will be
     */
    void take(long bytes) throws InferenceException;

    /**
     * Counts bytes without asking: what is in memory already, or less than nothing to give back.
     */
    void change(long bytes);
}
