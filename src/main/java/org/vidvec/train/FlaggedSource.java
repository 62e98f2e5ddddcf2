package org.vidvec.train;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.vidvec.world.Source;

/**
 * A source of samples that say what they can teach (ViLL-E, appendix C: four flags each).
 *
 * @param shown clips, long videos, images or pages of the generated world
 * @param weight how often a sample comes from here, against the other sources' weights
 * @param flags what its samples teach
 */
record FlaggedSource(Source shown, double weight, Set<Flag> flags) {

    /** What a sample can teach. */
    enum Flag {
        /** Its caption, and embeddings of both. */
        CAPTION,
        /** Answers to questions. */
        QA,
        /** Whether a text matches. */
        MATCH,
        /** Where an event is; long videos only. */
        LOCALIZATION;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @throws IllegalArgumentException if what is not a long video is to teach where an event is
     */
    FlaggedSource {
        flags = Collections.unmodifiableSet(EnumSet.copyOf(flags));
        if (flags.contains(Flag.LOCALIZATION) && shown != Source.STORY) {
            throw new IllegalArgumentException(
                    "the flag [localization] is for [generated] [story] alone; remove it elsewhere");
        }
    }
}
