package org.vidvec.media;

import java.util.function.Consumer;

/** Decodes media into frames. Thread-safe; one instance per node. */
public interface MediaBackend {

    /**
     * Decodes the wanted frames of a video, or an image as a clip of one frame.
     *
     * @param source read through ranges; not closed
     * @throws MediaException if the file can't be decoded or is over a limit
     */
    Clip read(MediaSource source, Sampling sampling, MediaLimits limits) throws MediaException;

    /**
     * Decodes the frames of a video's windows, each frame once however many windows want it. Frames
     * are kept no longer than a window needs them. Of a document each page is a window, page k from
     * second k on.
     *
     * @param source read through ranges; not closed
     * @param taker gets the windows in the order of their starts, on the calling thread
     * @return what the video is
     * @throws MediaException if it can't be decoded, is an image, or is over a limit; windows may
     *     have been handed out before
     */
    MediaInfo windows(
            MediaSource source, WindowRequest request, MediaLimits limits, Consumer<Window> taker)
            throws MediaException;
}
