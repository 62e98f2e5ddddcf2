package org.vidvec.inference;

import java.util.List;
import org.vidvec.model.Content;

/** The items of a call as a model reads them. Whoever closes it lets go of their frames. */
final class Decoded implements AutoCloseable {

    private final ModelMeter.Counted counted;
    private final EmbedResult.Media media;
    private final FrameBudget.Reservation frames;
    // a call that judges many candidates, or embeds many windows, outlives their frames
    private volatile List<Content> contents;

    /**
     * @param contents as many as items, in their order
     * @param media facts of the first media item; null for text alone
     * @param frames the memory that the frames take; null for text alone
     */
    Decoded(List<Content> contents, EmbedResult.Media media, FrameBudget.Reservation frames) {
        this.contents = contents;
        this.counted = ModelMeter.Counted.of(contents);
        this.media = media;
        this.frames = frames;
    }

    /** As many as items, in their order; none when it is closed. */
    List<Content> contents() {
        return contents;
    }

    /** What the items are, all in all. */
    ModelMeter.Counted counted() {
        return counted;
    }

    /** Facts of the first media item; null for text alone. */
    EmbedResult.Media media() {
        return media;
    }

    /** Gives the frames' memory back. */
    @Override
    public void close() {
        contents = List.of();
        if (frames != null) {
            frames.close();
        }
    }
}
