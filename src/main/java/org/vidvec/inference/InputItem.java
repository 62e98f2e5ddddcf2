package org.vidvec.inference;

import java.util.Locale;
import org.vidvec.media.MediaSource;

/** One item of a request, not yet decoded. */
public sealed interface InputItem {

    /** A text. */
    record Text(String value) implements InputItem {}

    /** A video or image file; decoded on a decode thread, then closed. */
    record Media(Kind kind, MediaSource source) implements InputItem {}

    /** Frames that were kept with a document, as {@code org.vidvec.media.FrameStrip} wrote them. */
    record Frames(String name, byte[] strip) implements InputItem {}

    /** What the user says that the bytes are. */
    enum Kind {
        VIDEO,
        IMAGE,
        PDF;

        /** The word of requests and of {@link org.vidvec.media.MediaInfo#kind}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
