package org.vidvec.world;

import java.util.List;
import java.util.Map;

/**
 * What a sample shows and all that can be said of it. Immutable: the same arguments always give the
 * same answer, from any thread.
 */
public interface Subject {

    /** All that is true of it, in one fixed form. */
    String canonical();

    /**
     * @param frames evenly spread from the first moment to the last; 1 for what does not move
     */
    Frames render(int frames, FrameSize size);

    /**
     * A true text.
     *
     * @param wording any number; another one says it in other words, the same one chooses alike for
     *     all subjects
     */
    String caption(Style style, long wording);

    /** Questions with one right answer, in a fixed order. */
    List<Question> questions(long wording);

    /**
     * A true text for "does it match?", in the form of those that {@link #falsehood} makes.
     *
     * @param wording any number
     */
    String truth(Difficulty difficulty, long wording);

    /**
     * A text that is plainly false. For {@link Difficulty#NEAR} it differs in one word from {@link
     * #truth} in the same wording.
     *
     * @param wording any number
     * @param wrong how often that word is about each topic, against the others; all words alike if
     *     empty, and of texts that say nothing about these. Pages have one word that can be wrong
     */
    String falsehood(Difficulty difficulty, long wording, Map<Topic, Double> wrong);

    /** The same, with all words alike. */
    default String falsehood(Difficulty difficulty, long wording) {
        return falsehood(difficulty, wording, Map.of());
    }
}
