package org.vidvec.backbone;

import java.util.List;
import org.vidvec.engine.DType;
import org.vidvec.engine.EngineException;

/**
 * A vision tower and a decoder with their weights in memory. Thread-safe; closing it waits for the
 * running calls and frees the weights.
 */
public interface VisionLanguageNetwork extends AutoCloseable {

    /**
     * Reads a batch. What is read for a sequence does not depend on the others, but for rounding
     * (1e-5 in float32).
     *
     * @return one per sequence, in their order
     * @throws IllegalArgumentException if a sequence or the plan does not fit the network
     * @throws EngineException if the native engine fails, for example for lack of memory
     */
    List<Readout> read(List<PreparedSequence> batch, ReadoutPlan plan) throws EngineException;

    /**
     * Computes everything for one sequence; slow and large.
     *
     * @throws IllegalArgumentException if the sequence does not fit the network
     * @throws EngineException if the native engine fails
     */
    Trace trace(PreparedSequence sequence) throws EngineException;

    /** Number of decoder layers that are loaded. */
    int layers();

    /** Length of a state. */
    int hiddenSize();

    /** What it computes in. */
    DType dtype();

    /** Bytes of weights, mapped or allocated. */
    long memoryBytes();

    @Override
    void close();
}
