package org.vidvec.engine;

/** The native engine is missing, refused a call or failed. The message is meant for the user. */
public final class EngineException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * There is no cause on purpose: natives throw Errors, and an exception with an Error among its
     * causes kills the node. What happened is in the log.
     */
    public EngineException(String message) {
        super(message);
    }
}
