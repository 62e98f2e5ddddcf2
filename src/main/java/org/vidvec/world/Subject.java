package org.vidvec.world;

import java.util.List;

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
     * @param emphasis pages have none, long videos no grounds
     */
    String truth(Difficulty difficulty, long wording, Emphasis emphasis);

    /** The same, with all words alike. */
    default String truth(Difficulty difficulty, long wording) {
        return truth(difficulty, wording, Emphasis.NONE);
    }

    /**
     * A text that is plainly false. For {@link Difficulty#NEAR}, and for {@link Difficulty#PART}
     * unless there are {@link Emphasis#grounds}, it differs in one word from {@link #truth} in the
     * same wording.
     *
     * @param wording any number
     * @param emphasis pages have none, long videos no grounds
     */
    String falsehood(Difficulty difficulty, long wording, Emphasis emphasis);

    /** The same, with all words alike. */
    default String falsehood(Difficulty difficulty, long wording) {
        return falsehood(difficulty, wording, Emphasis.NONE);
    }
}
