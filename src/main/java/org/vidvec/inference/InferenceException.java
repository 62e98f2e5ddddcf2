package org.vidvec.inference;

/** Why a call got no answer. The message is meant for the user. */
public final class InferenceException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Each becomes one HTTP status. */
    public enum Kind {
        /** 400: the input itself. */
        BAD_INPUT,
        /** 404: no such model; the message lists those there are. */
        MODEL_NOT_FOUND,
        /** 408: the deadline passed. */
        TIMEOUT,
        /** 429: queue or memory is full. */
        OVERLOADED,
        /** 499-like: the caller went away. */
        CANCELLED,
        /** 500: the model can't be loaded or the engine failed. */
        FAILED,
        /** 502: a file's server or repository broke off while it was read. */
        UNREADABLE,
        /** 503: this node is shutting down, or has no natives. */
        UNAVAILABLE
    }

    private final Kind kind;

    /** A refusal without an underlying exception. */
    public InferenceException(Kind kind, String message) {
        this(kind, message, null);
    }

    /**
     * @param cause must not be an {@link Error} nor have one among its causes: the node would die
     *     of it
     */
    public InferenceException(Kind kind, String message, Exception cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Each becomes one HTTP status. */
    public Kind kind() {
        return kind;
    }
}
