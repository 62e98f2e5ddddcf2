package org.vidvec.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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

    /**
     * Media that a caption speaks of: long videos with moments alone, and media of composed pairs
     * alone, are no candidates.
     */
    Measured described() {
        if (labels.moments().isEmpty() && labels.composed().isEmpty()) {
            return this;
        }
        Set<String> ids =
                labels.captions().stream()
                        .flatMap(c -> c.media().keySet().stream())
                        .collect(Collectors.toSet());
        return only(labels.media().stream().filter(m -> ids.contains(m.id())).toList());
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
