package org.vidvec.quality;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.datasets.Medium;
import org.vidvec.media.MediaException;
import org.vidvec.model.Content;

/**
 * A query or a candidate: text, media or both.
 *
 * @param key names what is read
 * @param reading reads it when its turn comes
 */
record Side(String key, Reading reading) {

    /** Reads the parts. */
    interface Reading {
        List<Content> read() throws MediaException;
    }

    static Side of(String text) {
        return new Side("text|" + text, () -> List.of(new Content.Text(text)));
    }

    static Side of(Shelf shelf, Medium medium) throws MediaException {
        return new Side(shelf.key(medium), () -> shelf.contents(medium));
    }

    /** The media of a side, then a text. */
    Side with(String text) {
        return new Side(
                key + "|with|" + text,
                () -> {
                    List<Content> both = new ArrayList<>(reading.read());
                    both.add(new Content.Text(text));
                    return both;
                });
    }
}
