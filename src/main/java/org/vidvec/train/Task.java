package org.vidvec.train;

import org.vidvec.datasets.DatasetException;
import org.vidvec.engine.EngineException;
import org.vidvec.model.ModelException;

/**
 * One of the things that a run learns at once, with mini-batches of its own: a step sees one of
 * each task and adds their gradients up (ViLL-E, section 3.3). Used by one thread.
 */
interface Task extends AutoCloseable {

    /** What it learns from, for people: one line each. */
    Iterable<String> notes();

    /**
     * Adds the gradients of the next mini-batch, times the task's weight.
     *
     * @param step from 1, for what changes in the course of a run
     * @throws DatasetException if its data can't be had
     */
    TaskReport backward(int step) throws DatasetException, EngineException, ModelException;

    /** Leaves out mini-batches that a stopped run has seen. */
    void skip(long batches);

    /** Ends threads of its own; it has none unless it says so. */
    @Override
    default void close() {}
}
