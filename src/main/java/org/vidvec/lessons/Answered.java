package org.vidvec.lessons;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.vidvec.engine.EngineException;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;

/**
 * An answer's tokens and what is learnt of them, by places from the answer's own beginning: at
 * place -1 stands the last token of the prompt.
 *
 * @param ids that are read, at least one
 * @param next tokens that follow
 */
record Answered(long[] ids, List<Lesson.Next> next) {

    /** A text to its end; the end itself is learnt but not read. */
    static Answered text(TrainableModel model, Skill skill, String text)
            throws EngineException, ModelException {
        long[] ids = model.tokens(text);
        List<Lesson.Next> next = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            next.add(new Lesson.Next(skill, i - 1, ids[i]));
        }
        next.add(new Lesson.Next(skill, ids.length - 1, model.endToken()));
        return new Answered(ids, next);
    }

    /** Any of some words: all their beginnings are right alike, and one of them is read on. */
    static Answered oneOf(TrainableModel model, List<String> words, SplittableRandom random)
            throws EngineException, ModelException {
        List<Lesson.Next> next = new ArrayList<>();
        for (String word : words) {
            next.add(new Lesson.Next(Skill.ONE_WORD, -1, model.tokens(word)[0]));
        }
        String chosen = words.get(random.nextInt(words.size()));
        Answered whole = text(model, Skill.ONE_WORD, chosen);
        next.addAll(whole.next().subList(1, whole.next().size()));
        return new Answered(whole.ids(), next);
    }
}
