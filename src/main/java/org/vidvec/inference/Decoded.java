package org.vidvec.inference;

import java.util.List;
import org.vidvec.model.Content;

/**
 * The items of a call as a model reads them.
 *
 * @param contents as many as items, in their order
 * @param media facts of the first media item; null for text alone
 * @param frames the memory that the frames take; null for text alone
 */
record Decoded(List<Content> contents, EmbedResult.Media media, FrameBudget.Reservation frames)
        implements AutoCloseable {

    /** Gives the frames' memory back. */
    @Override
    public void close() {
        if (frames != null) {
            frames.close();
        }
    }
}
