package org.vidvec.inference;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.vidvec.inference.InferenceException.Kind;
import org.vidvec.media.MediaException;
import org.vidvec.model.ModelException;

/** Turns whatever was thrown below into the one exception that callers see. */
final class Failures {

    private static final Logger LOGGER = System.getLogger(Failures.class.getName());

    private Failures() {}

    /**
     * What the caller is told about {@code thrown}; logs it if it is nobody's expected answer.
     *
     * @param doing what failed, as in "could not [doing]"
     */
    static InferenceException of(Throwable thrown, String doing) {
        return switch (thrown) {
            case CompletionException e -> of(e.getCause(), doing);
            case InferenceException e -> e;
            case CancellationException e ->
                    new InferenceException(Kind.CANCELLED, "the caller went away");
            case MediaException e -> new InferenceException(kind(e), e.getMessage(), safe(e));
            case ModelException e -> new InferenceException(kind(e), e.getMessage(), safe(e));
            default -> unexpected(thrown, doing);
        };
    }

    /** The same while a model is loaded, where the engine failing means that it is not there. */
    static InferenceException ofLoad(Throwable thrown, String id) {
        if (thrown instanceof ModelException e) {
            Kind kind =
                    switch (e.kind()) {
                        case ENGINE, RESOURCES -> Kind.UNAVAILABLE;
                        case CHECKPOINT, INPUT -> Kind.FAILED;
                    };
            return new InferenceException(kind, e.getMessage(), safe(e));
        }
        return of(thrown, "load model [" + id + "]");
    }

    private static Kind kind(MediaException e) {
        return switch (e.reason()) {
            case NOT_MEDIA, UNSUPPORTED, CORRUPT, OVER_LIMIT -> Kind.BAD_INPUT;
            case UNREADABLE -> Kind.UNREADABLE;
            case DECODER -> Kind.UNAVAILABLE;
            case BUSY -> Kind.OVERLOADED;
        };
    }

    private static Kind kind(ModelException e) {
        return switch (e.kind()) {
            case INPUT -> Kind.BAD_INPUT;
            case CHECKPOINT, ENGINE -> Kind.FAILED;
            case RESOURCES -> Kind.OVERLOADED;
        };
    }

    private static InferenceException unexpected(Throwable thrown, String doing) {
        LOGGER.log(Level.ERROR, "could not " + doing, thrown);
        return new InferenceException(
                Kind.FAILED,
                "could not "
                        + doing
                        + ": ["
                        + thrown
                        + "]; the log of this node has the stack trace",
                thrown instanceof Exception e ? safe(e) : null);
    }

    /** {@code e} as a cause, or null where an Error hides in it: the host would die of it. */
    private static Exception safe(Exception e) {
        Throwable cause = e;
        // 50: a bound for chains that loop
        for (int depth = 0; cause != null && depth < 50; depth++) {
            if (cause instanceof Error) {
                LOGGER.log(Level.ERROR, "an error of the engine was kept from the host", e);
                return null;
            }
            cause = cause.getCause();
        }
        return e;
    }
}
