package org.vidvec.datasets;

import java.nio.file.Path;

/**
 * A video, image or document of a set.
 *
 * @param id by which captions and moments name it
 * @param file where it lies, for a video also a folder of {@link NumberedPictures}; null in sets
 *     whose media are not files
 * @param part the stretch of the video that is meant; null for all of it
 */
public record Medium(String id, Kind kind, Path file, Span part) {

    /** What a file is. */
    public enum Kind {
        /** Frames with times. */
        VIDEO,
        /** A picture. */
        IMAGE,
        /** A document, or a picture of a page. */
        PAGE
    }
}
