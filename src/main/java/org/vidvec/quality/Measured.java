package org.vidvec.quality;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.datasets.LabelledSet;
import org.vidvec.datasets.Medium;

/**
 * A set that can be measured with.
 *
 * @param labels what is true of the media
 * @param shelf where their frames come from
 * @param words that captions of them can be checked by
 */
record Measured(LabelledSet labels, Shelf shelf, CaptionWords words) {

    /** The same frames from another shelf. */
    Measured on(Shelf other) {
        return new Measured(labels, other, words);
    }

    /** Some of the media. */
    Measured only(List<Medium> media) {
        return new Measured(labels.only(media), shelf, words);
    }

    /** What can't be decoded, found by trying. */
    Measured without(List<String> unreadable) {
        List<Medium> left = new ArrayList<>(labels.media());
        left.removeIf(m -> unreadable.contains(m.id()));
        return only(left);
    }
}
