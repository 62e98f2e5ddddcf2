package org.vidvec.media;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

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
 * @param codecs that are decoded, by FFmpeg's names; empty for all that its build knows; setting
 *     {@code vidvec.media.allowed_codecs}
 */
public record MediaLimits(
        long maxBytes,
        Duration maxDuration,
        long maxPixels,
        int maxFrames,
        Duration timeout,
        int maxPages,
        int dpi,
        long maxMemory,
        List<String> codecs) {

    private static final Pattern CODEC = Pattern.compile("[a-z0-9_]+");

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

    /** Of all codecs. */
    public MediaLimits(
            long maxBytes,
            Duration maxDuration,
            long maxPixels,
            int maxFrames,
            Duration timeout,
            int maxPages,
            int dpi,
            long maxMemory) {
        this(
                maxBytes,
                maxDuration,
                maxPixels,
                maxFrames,
                timeout,
                maxPages,
                dpi,
                maxMemory,
                List.of());
    }

    /** Copies the list. */
    public MediaLimits {
        codecs = List.copyOf(codecs);
    }

    /**
     * One of {@link #codecs}.
     *
     * @throws IllegalArgumentException if it can't be the name of a codec
     */
    public static String codec(String name) {
        if (CODEC.matcher(name).matches() == false) {
            throw new IllegalArgumentException(
                    "["
                            + name
                            + "] in [vidvec.media.allowed_codecs] is no name of a codec; write them"
                            + " as [./vidvec probe] and [media.codec] of documents do, for example"
                            + " [h264]");
        }
        return name;
    }

    /** Whether files of a codec are decoded. */
    boolean allows(String codec) {
        return codecs.isEmpty() || codecs.contains(codec);
    }
}
