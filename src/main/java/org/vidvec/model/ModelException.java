package org.vidvec.model;

/** A model that can't be loaded or can't do what is asked. The message is meant for the user. */
public final class ModelException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Whose fault it is. */
    public enum Kind {
        /** What was asked does not fit this model. */
        INPUT,
        /** The checkpoint folder is incomplete, broken or of an unknown family. */
        CHECKPOINT,
        /** There is not enough memory or no such device. */
        RESOURCES,
        /** The native engine is missing or failed. */
        ENGINE
    }

    private final Kind kind;

    /** A refusal without an underlying exception. */
    public ModelException(Kind kind, String message) {
        this(kind, message, null);
    }

    /**
     * @param cause must not be an {@link Error} nor have one among its causes: the node would die
     *     of it
     */
    public ModelException(Kind kind, String message, Exception cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Whose fault it is. */
    public Kind kind() {
        return kind;
    }
}
