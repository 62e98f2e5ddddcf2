package org.vidvec.natives;

/** The native libraries of a stack are missing or damaged. The message is meant for the user. */
public final class NativeLibraryException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong with which file. */
    public NativeLibraryException(String message) {
        super(message);
    }
}
