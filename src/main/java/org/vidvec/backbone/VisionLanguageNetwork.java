package org.vidvec.backbone;

import java.util.List;
import org.vidvec.engine.DType;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.WeightForm;
import org.vidvec.prompt.PreparedSequence;

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
    default List<Readout> read(List<PreparedSequence> batch, ReadoutPlan plan)
            throws EngineException {
        return read(batch, List.of(), plan);
    }

    /**
     * The same for sequences that go on where memories end; these stay as they are, and several
     * sequences may share one.
     *
     * @param memories one per sequence, or none at all
     * @throws IllegalArgumentException if a sequence or the plan does not fit the network
     * @throws EngineException if the native engine fails, for example for lack of memory
     */
    List<Readout> read(List<PreparedSequence> batch, List<KeyValues> memories, ReadoutPlan plan)
            throws EngineException;

    /**
     * The same, and the memories have the sequences at their end afterwards.
     *
     * @param memories one per sequence, each with room for it; used by nobody else meanwhile
     * @param plan reads the last layer or the head
     * @throws IllegalArgumentException if a memory has no room or occurs twice, or a sequence or
     *     the plan does not fit the network
     * @throws EngineException if the native engine fails, for example for lack of memory
     */
    List<Readout> extend(List<PreparedSequence> batch, List<KeyValues> memories, ReadoutPlan plan)
            throws EngineException;

    /**
     * An empty memory, which the caller closes.
     *
     * @param tokens that it can remember
     * @throws IllegalArgumentException if not all layers are loaded
     * @throws EngineException if native memory is short
     */
    KeyValues room(int tokens) throws EngineException;

    /**
     * A memory that begins with what another remembers, which the caller closes.
     *
     * @param more tokens that it can remember beside those
     * @throws EngineException if native memory is short
     */
    KeyValues copy(KeyValues memory, int more) throws EngineException;

    /**
     * The states of all tokens after the last layer and the final norm.
     *
     * @return [tokens, hidden] for each sequence, in their order
     * @throws IllegalArgumentException if a sequence does not fit the network, or not all layers
     *     are loaded
     * @throws EngineException if the native engine fails, for example for lack of memory
     */
    List<float[]> states(List<PreparedSequence> batch) throws EngineException;

    /**
     * The pooled states after every layer, in one pass.
     *
     * @return [layers, hidden] for each sequence, in their order: what {@link #read} gives for the
     *     layers 1, 2 .. the last, which is after the final norm
     * @throws IllegalArgumentException if a sequence does not fit the network, or not all layers
     *     are loaded
     * @throws EngineException if the native engine fails, for example for lack of memory
     */
    List<float[][]> layers(List<PreparedSequence> batch, ReadoutPlan.Pooling pooling)
            throws EngineException;

    /**
     * Computes everything for one sequence; slow and large.
     *
     * @throws IllegalArgumentException if the sequence does not fit the network
     * @throws EngineException if the native engine fails
     */
    Trace trace(PreparedSequence sequence) throws EngineException;

    /** The same network for training; whatever it learns is at once what {@link #read} uses. */
    NetworkLearner learner();

    /** Bytes that a {@link KeyValues} takes for each token. */
    long tokenBytes();

    /** Number of decoder layers that are loaded. */
    int layers();

    /** Length of a state. */
    int hiddenSize();

    /** What it computes in. */
    DType dtype();

    /** How its matrices are kept. */
    WeightForm form();

    /** Bytes of weights, mapped or allocated. */
    long memoryBytes();

    @Override
    void close();
}
