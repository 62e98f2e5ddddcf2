package org.vidvec.cli;

/** A command that can't do what it should. The message is a sentence for the user. */
final class CommandException extends Exception {

    private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }

    CommandException(String message, Exception cause) {
        super(message, cause);
    }
}
