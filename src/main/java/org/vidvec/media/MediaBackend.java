package org.vidvec.media;

/** Decodes media into frames. Thread-safe; one instance per node. */
public interface MediaBackend {

    /**
     * Decodes the wanted frames of a video, or an image as a clip of one frame.
     *
     * @param source read through ranges; not closed
     * @throws MediaException if the file can't be decoded or is over a limit
     */
    Clip read(MediaSource source, Sampling sampling, MediaLimits limits) throws MediaException;
}
