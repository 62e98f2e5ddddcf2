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
 */
record Measured(LabelledSet labels, Shelf shelf) {

    /** What can't be decoded, found by trying. */
    Measured without(List<String> unreadable) {
        List<Medium> left = new ArrayList<>(labels.media());
        left.removeIf(m -> unreadable.contains(m.id()));
        return new Measured(labels.only(left), shelf);
    }
}
