package org.vidvec.world;

/** More is asked for than the world has; the message says how much there is. */
public final class TooManyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    TooManyException(String message) {
        super(message);
    }
}
