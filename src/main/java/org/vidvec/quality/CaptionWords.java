package org.vidvec.quality;

import java.util.Map;
import org.vidvec.datasets.Medium;
import org.vidvec.world.SpokenWords;
import org.vidvec.world.Subject;

/**
 * What is known of media that a caption of theirs can be checked by, word for word.
 *
 * @param clips of the generated world, by the ids of their media; empty for other sets
 */
record CaptionWords(Map<String, Subject> clips) {

    /** Of a set of which only captions are known. */
    static final CaptionWords NONE = new CaptionWords(Map.of());

    /** Whether a medium's captions can be checked. */
    boolean knows(Medium medium) {
        return clips.containsKey(medium.id());
    }

    /** How much of a caption is right. */
    SpokenWords.Score score(Medium medium, String caption) {
        return SpokenWords.of(clips.get(medium.id()), caption);
    }
}
