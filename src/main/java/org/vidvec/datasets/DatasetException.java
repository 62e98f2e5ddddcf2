package org.vidvec.datasets;

/** A set that can't be read. The message is a sentence for the user. */
public final class DatasetException extends Exception {

    private static final long serialVersionUID = 1L;

    public DatasetException(String message) {
        super(message);
    }

    public DatasetException(String message, Exception cause) {
        super(message, cause);
    }
}
