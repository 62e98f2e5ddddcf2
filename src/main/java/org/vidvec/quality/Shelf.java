package org.vidvec.quality;

import java.util.List;
import org.vidvec.datasets.Medium;
import org.vidvec.datasets.Span;
import org.vidvec.media.MediaException;
import org.vidvec.model.Content;

/** Where the frames of a set's media come from, sampled as the model looks at them. */
public interface Shelf {

    /**
     * A part of a video.
     *
     * @param span where it lies in the video
     */
    record Stretch(Span span, List<Content> contents) {}

    /**
     * What a model reads of a medium.
     *
     * @throws MediaException if it can't be decoded
     */
    List<Content> contents(Medium medium) throws MediaException;

    /**
     * The windows of a video, in the order of their starts (ViLL-E, Table 13).
     *
     * @throws MediaException if it can't be decoded or is no video
     */
    List<Stretch> windows(Medium video, double windowSeconds, double strideSeconds)
            throws MediaException;

    /** Names what is read of a medium: another file or sampling has another key. */
    String key(Medium medium) throws MediaException;
}
