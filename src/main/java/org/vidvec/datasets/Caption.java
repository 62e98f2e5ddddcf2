package org.vidvec.datasets;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A text and what it is true of.
 *
 * @param id unique among the captions of its set
 * @param media grades of relevance by the ids of the media, from 1
 */
public record Caption(String id, String text, Map<String, Integer> media) {

    public Caption {
        media = Map.copyOf(media);
    }

    /** True of one medium. */
    public Caption(String id, String text, String medium) {
        this(id, text, Map.of(medium, 1));
    }

    /** The same for those media alone. */
    Caption of(Set<String> present) {
        return new Caption(
                id,
                text,
                media.entrySet().stream()
                        .filter(e -> present.contains(e.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
