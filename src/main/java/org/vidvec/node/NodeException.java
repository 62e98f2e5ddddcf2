package org.vidvec.node;

/** A node that can't be had. The message is a sentence for the user that says what to do. */
public final class NodeException extends Exception {

    private static final long serialVersionUID = 1L;

    /** A refusal without an underlying exception. */
    public NodeException(String message) {
        this(message, null);
    }

    /**
     * @param cause what went wrong below, or null
     */
    public NodeException(String message, Exception cause) {
        super(message, cause);
    }
}
