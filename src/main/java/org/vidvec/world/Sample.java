package org.vidvec.world;

import java.util.List;

/** One thing to learn from. */
public sealed interface Sample {

    /** What is shown, and a text about it. */
    record Caption(Frames frames, Style style, String text) implements Sample {}

    /** What is shown, a question about it and its answer. */
    record Ask(Frames frames, Question question) implements Sample {}

    /**
     * What is shown, and whether a text is true of it.
     *
     * @param difficulty how near the text is to a true one if it is false
     */
    record Match(Frames frames, Difficulty difficulty, String text, boolean matches)
            implements Sample {}

    /**
     * For contrastive learning: what is shown, its text, and texts that are false by one word.
     *
     * @param negatives may be none
     */
    record Pair(Frames frames, String text, List<String> negatives) implements Sample {}

    /** Two texts of one clip, for learning without pixels. */
    record Texts(String dense, String summary) implements Sample {}

    /** A clip, what should be different, and the clip that is so. */
    record Composed(Frames source, String change, Frames target, String text) implements Sample {}

    /**
     * A long video and one event in it.
     *
     * @param video sparse frames of the whole
     * @param times of those, in seconds
     * @param text true of this event alone
     * @param positive the stretch of time in which it happens
     * @param negatives others that overlap it by less than 0.2 (intersection over union)
     */
    record Moment(
            Frames video, double[] times, String text, Window positive, List<Window> negatives)
            implements Sample {}

    /**
     * A stretch of a long video.
     *
     * @param start in seconds
     * @param end in seconds
     */
    record Window(double start, double end, Frames frames) {}
}
