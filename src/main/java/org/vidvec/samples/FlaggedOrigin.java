package org.vidvec.samples;

import java.util.Set;
import org.vidvec.world.FrameSize;
import org.vidvec.world.Source;

/** Where samples of several tasks come from (ViLL-E, appendix C). */
public sealed interface FlaggedOrigin {

    /** How often a sample comes from here, against the other sources' weights. */
    double weight();

    /** What its samples are to teach. */
    Set<Flag> flags();

    /** What is shown. */
    PairSource.Kind kind();

    /**
     * Subjects of the generated world, which teach all of the flags.
     *
     * @param shown clips, long videos, images or pages
     * @param frames of what moves
     */
    record Generated(
            Source shown, long seed, int frames, FrameSize size, Set<Flag> flags, double weight)
            implements FlaggedOrigin {

        /**
         * @throws IllegalArgumentException if what is not a long video is to teach where an event
         *     is
         */
        public Generated {
            flags = Set.copyOf(flags);
            if (flags.contains(Flag.LOCALIZATION) && shown != Source.STORY) {
                throw new IllegalArgumentException(
                        "the flag [localization] is for [generated] [story] and for videos of a"
                                + " [set]; remove it elsewhere");
            }
        }

        @Override
        public PairSource.Kind kind() {
            return PairSource.Kind.of(shown);
        }
    }

    /**
     * Media of a labelled set; each teaches those of the flags for which the set says something of
     * it.
     *
     * @param shown which of its media: videos, or pictures and pages
     * @param frames of a video or a window
     * @param windows of a video, for wrong ones
     */
    record Labelled(
            SetFiles files,
            PairSource.Kind shown,
            int frames,
            SlidingWindows windows,
            Set<Flag> flags,
            double weight)
            implements FlaggedOrigin {

        /**
         * @throws IllegalArgumentException if what is no video is to teach where an event is
         */
        public Labelled {
            flags = Set.copyOf(flags);
            if (flags.contains(Flag.LOCALIZATION) && shown != PairSource.Kind.VIDEO) {
                throw new IllegalArgumentException(
                        "the flag [localization] is for videos, not for [shown] [" + shown + "]");
            }
        }

        @Override
        public PairSource.Kind kind() {
            return shown;
        }
    }
}
