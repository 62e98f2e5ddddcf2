package org.vidvec.media;

/**
 * What a media file is, as decoding it showed.
 *
 * @param kind {@code video} or {@code image}
 * @param container FFmpeg's short name of the container, for example {@code matroska,webm}
 * @param codec FFmpeg's short name of the codec, for example {@code h264}
 * @param width in square pixels, upright; frames of it may be smaller
 * @param height in pixels, upright
 * @param durationSeconds 0 for an image
 * @param framesPerSecond average; 0 for an image
 * @param transparency what became of transparent places
 */
public record MediaInfo(
        String kind,
        String container,
        String codec,
        int width,
        int height,
        double durationSeconds,
        double framesPerSecond,
        Transparency transparency) {

    /** Without transparent places. */
    public MediaInfo(
            String kind,
            String container,
            String codec,
            int width,
            int height,
            double durationSeconds,
            double framesPerSecond) {
        this(
                kind,
                container,
                codec,
                width,
                height,
                durationSeconds,
                framesPerSecond,
                Transparency.NONE);
    }
}
