package org.vidvec.quality;

/** A measurement that can't be made. The message is a sentence for the user. */
public final class QualityException extends Exception {

    private static final long serialVersionUID = 1L;

    public QualityException(String message) {
        super(message);
    }

    public QualityException(String message, Exception cause) {
        super(message, cause);
    }
}
