package org.vidvec.inference;

import java.util.Locale;
import org.vidvec.media.Windows;
import org.vidvec.model.LongVideos;
import org.vidvec.moments.Aggregate;

/**
 * That a video's windows, or a document's pages, are to be embedded too.
 *
 * @param kind of media whose parts these are
 * @param windows where they lie
 * @param max a video that gives more is refused
 * @param limit what {@code max} is called where it was set
 * @param keep whether their vectors are wanted back; else they serve to {@code aggregate} only
 * @param captions whether a text about each is wanted too, of the frames that it is embedded by
 * @param aggregate how their vectors become the video's; null where the video has one of its own
 * @param aggregateFrom seconds: shorter videos have a vector of their own all the same
 */
public record MomentsWanted(
        Kind kind,
        Windows windows,
        int max,
        String limit,
        boolean keep,
        boolean captions,
        Aggregate aggregate,
        double aggregateFrom) {

    /**
     * What a model's card has done with long videos.
     *
     * @param videos null for nothing
     * @return null for nothing
     */
    static MomentsWanted of(LongVideos videos) {
        return videos == null
                ? null
                : new MomentsWanted(
                        Kind.VIDEO,
                        Windows.fixed(videos.windowSeconds()),
                        LongVideos.MOST_WINDOWS,
                        "long_videos.window",
                        false,
                        false,
                        videos.aggregate(),
                        videos.fromSeconds());
    }

    /** What has parts. */
    public enum Kind {
        /** A video has windows. */
        VIDEO,
        /** A document has pages: page k from second k on. */
        PDF;

        /** The word of {@link org.vidvec.media.MediaInfo#kind}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether a video of {@code seconds} gets its vector from its windows. */
    boolean aggregates(double seconds) {
        return aggregate != null && seconds >= aggregateFrom;
    }

    /** Whether the windows of a video of {@code seconds} are of any use. */
    boolean isFor(double seconds) {
        return keep || aggregates(seconds);
    }
}
