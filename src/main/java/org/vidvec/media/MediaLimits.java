package org.vidvec.media;

import java.time.Duration;

/**
 * What a single decode may cost. A file over a limit is refused with the name of the setting.
 *
 * @param maxBytes size of the file, setting {@code vidvec.media.max_size}
 * @param maxDuration length of the video, setting {@code vidvec.media.max_duration}
 * @param maxPixels width x height of a frame, setting {@code vidvec.media.max_pixels}
 * @param maxFrames frames kept from one file, setting {@code vidvec.media.max_frames}
 * @param timeout time that a decode may take, setting {@code vidvec.media.decode_timeout}
 * @param maxPages pages of a document, setting {@code vidvec.media.max_pages}
 * @param dpi dots per inch that pages are drawn at, setting {@code vidvec.media.page_dpi}
 * @param maxMemory bytes that the pictures of one decode may take, or what is packed in a page of a
 *     document, setting {@code vidvec.media.max_memory}
 */
public record MediaLimits(
        long maxBytes,
        Duration maxDuration,
        long maxPixels,
        int maxFrames,
        Duration timeout,
        int maxPages,
        int dpi,
        long maxMemory) {

    /**
     * The defaults of the settings: 2 GB, 4 hours, 4096 x 2304, 512 frames, 2 minutes, 1000 pages
     * at 300 dots per inch, 256 MB.
     */
    public static final MediaLimits DEFAULT =
            new MediaLimits(
                    2L << 30, Duration.ofHours(4), 4096L * 2304, 512, Duration.ofMinutes(2));

    /** With the defaults for documents. */
    public MediaLimits(
            long maxBytes, Duration maxDuration, long maxPixels, int maxFrames, Duration timeout) {
        this(maxBytes, maxDuration, maxPixels, maxFrames, timeout, 1000, 300, 256L << 20);
    }
}
