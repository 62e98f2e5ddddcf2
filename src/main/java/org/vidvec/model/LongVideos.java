package org.vidvec.model;

import org.vidvec.moments.Aggregate;

/**
 * How a video that is too long for a few frames becomes a vector: each of its windows is embedded,
 * and their vectors are merged (VLM2Vec-V2's authors: above 3 minutes windows of 30 s, merged by
 * max-pooling or centroid).
 *
 * @param fromSeconds shorter videos are embedded as a whole
 * @param windowSeconds length of a window; the last may be shorter
 * @param aggregate how their vectors are merged
 */
public record LongVideos(double fromSeconds, double windowSeconds, Aggregate aggregate) {

    private static final String NONE = "none";

    /** Of one video: a day of windows of 5 s. */
    public static final int MOST_WINDOWS = 17_280;

    /** The numbers of VLM2Vec-V2's authors, who leave the choice between the two ways. */
    public static final LongVideos VLM2VEC_V2 = new LongVideos(180, 30, Aggregate.MAX);

    /**
     * @throws IllegalArgumentException if a length is not above zero
     */
    public LongVideos {
        if (!(fromSeconds > 0) || !(windowSeconds > 0) || Double.isInfinite(windowSeconds)) {
            throw new IllegalArgumentException(
                    "[long_videos.from] and [long_videos.window] must be above [0] seconds, not ["
                            + fromSeconds
                            + "] and ["
                            + windowSeconds
                            + "]");
        }
    }

    /** Whether a video of {@code seconds} is one. */
    public boolean contains(double seconds) {
        return seconds >= fromSeconds;
    }

    /**
     * @param json the object; null for none
     * @param otherwise null where long videos are embedded as a whole
     * @return null for the aggregate {@code none}
     */
    static LongVideos read(CardJson json, LongVideos otherwise) {
        if (json == null) {
            return otherwise;
        }
        LongVideos usual = otherwise == null ? VLM2VEC_V2 : otherwise;
        String aggregate = json.string("aggregate", usual.aggregate.toString());
        double from = json.number("from", usual.fromSeconds);
        double window = json.number("window", usual.windowSeconds);
        json.finish();
        if (aggregate.equals(NONE)) {
            return null;
        }
        try {
            return new LongVideos(from, window, Aggregate.fromString(aggregate));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("[long_videos]: " + e.getMessage(), e);
        }
    }
}
