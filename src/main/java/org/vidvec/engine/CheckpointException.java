package org.vidvec.engine;

/** A file of a checkpoint is missing or unusable. The message names it. */
public final class CheckpointException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong with which file. */
    public CheckpointException(String message) {
        super(message);
    }

    /**
     * @param cause must not have an {@link Error} among its causes: the node would die of it
     */
    public CheckpointException(String message, Exception cause) {
        super(message, cause);
    }
}
