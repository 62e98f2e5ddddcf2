package org.vidvec.lessons;

import java.util.List;
import org.vidvec.backbone.BranchedSequence;
import org.vidvec.world.Difficulty;

/**
 * A sequence and what is to be said at its tokens.
 *
 * @param sequence one subject and all that is asked of it, or a text
 * @param tokens that follow
 * @param verdicts on what matches
 */
public record Lesson(BranchedSequence sequence, List<Next> tokens, List<Verdict> verdicts) {

    /**
     * A token that follows.
     *
     * @param place of the token before it in the sequence
     * @param token id
     */
    public record Next(Skill skill, int place, long token) {}

    /**
     * Yes or No.
     *
     * @param place of the token before the answer
     * @param matches whether it is Yes
     */
    public record Verdict(Difficulty difficulty, int place, boolean matches) {}

    public Lesson {
        tokens = List.copyOf(tokens);
        verdicts = List.copyOf(verdicts);
    }
}
