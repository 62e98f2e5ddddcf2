package org.vidvec.train;

/** A run can't begin or go on; the message is meant for the user and says where it stopped. */
public final class TrainingException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Without a cause. */
    public TrainingException(String message) {
        super(message);
    }

    /** With a cause. */
    public TrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}
