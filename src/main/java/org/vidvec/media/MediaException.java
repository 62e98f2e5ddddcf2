package org.vidvec.media;

/** A media file that can't be used. The message is meant for the user. */
public final class MediaException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** Not a video or image, as far as FFmpeg can tell. */
        NOT_MEDIA,
        /** A known codec or container that is not decoded here. */
        UNSUPPORTED,
        /** It begins well and then breaks. */
        CORRUPT,
        /** Over a limit of {@link MediaLimits}. */
        OVER_LIMIT,
        /** The bytes could not be read from where they lie. */
        UNREADABLE,
        /** The decoder itself is missing or failed. */
        DECODER,
        /** The decoder has no place for it now. */
        BUSY
    }

    private final Reason reason;

    /** A refusal without an underlying exception. */
    public MediaException(Reason reason, String message) {
        this(reason, message, null);
    }

    /**
     * @param cause must not be an {@link Error} nor have one among its causes: the node would die
     *     of it
     */
    public MediaException(Reason reason, String message, Exception cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
