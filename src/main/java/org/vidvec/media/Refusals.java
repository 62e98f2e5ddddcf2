package org.vidvec.media;

import org.vidvec.media.MediaException.Reason;

/** The messages that several classes of this package share. */
final class Refusals {

    private Refusals() {}

    /** A value over a limit, with the setting that raises it. */
    static MediaException overLimit(String what, String limit, String setting, String wayOut) {
        return new MediaException(
                Reason.OVER_LIMIT,
                what
                        + " than the limit of ["
                        + limit
                        + "] set by ["
                        + setting
                        + "]; "
                        + wayOut
                        + " or raise the setting");
    }

    /**
     * @throws MediaException if the file is larger than allowed
     */
    static void checkSize(MediaSource source, MediaLimits limits) throws MediaException {
        if (source.size() > limits.maxBytes()) {
            throw overLimit(
                    "[" + source.name() + "] has [" + source.size() + "] bytes, which is more",
                    limits.maxBytes() + "",
                    "vidvec.media.max_size",
                    "send a smaller file");
        }
    }

    /** A frame of more pixels than allowed. */
    static MediaException tooManyPixels(String name, long width, long height, MediaLimits limits) {
        return overLimit(
                "[" + name + "] has frames of [" + width + "x" + height + "] pixels, which is more",
                limits.maxPixels() + "",
                "vidvec.media.max_pixels",
                "scale it down");
    }

    /** The same where only their number is known. */
    static MediaException tooManyPixels(String name, long pixels, MediaLimits limits) {
        return overLimit(
                "[" + name + "] announces frames of [" + pixels + "] pixels, which is more",
                limits.maxPixels() + "",
                "vidvec.media.max_pixels",
                "scale it down");
    }

    /**
     * @param known whether FFmpeg has a decoder of it
     * @throws MediaException if files of the codec are not decoded
     */
    static void checkCodec(String name, String codec, boolean known, MediaLimits limits)
            throws MediaException {
        if (known && limits.allows(codec)) {
            return;
        }
        throw new MediaException(
                Reason.UNSUPPORTED,
                "could not decode ["
                        + name
                        + "]: unsupported codec ["
                        + codec
                        + "]"
                        + (known
                                ? ": it is none of "
                                        + limits.codecs()
                                        + ", the list in [vidvec.media.allowed_codecs]; convert it,"
                                        + " or have the codec added to the list"
                                : "; convert it, for example to H.264 in MP4"));
    }

    /** A file that starts as media and then can't be followed. */
    static MediaException corrupt(String name, String why) {
        return new MediaException(
                Reason.CORRUPT,
                "could not decode [" + name + "]: " + why + "; send the complete file");
    }

    /** The bytes can't be had from where they lie. */
    static MediaException unreadable(String name, Exception cause) {
        return new MediaException(
                Reason.UNREADABLE, "could not read [" + name + "]: " + cause.getMessage(), cause);
    }
}
