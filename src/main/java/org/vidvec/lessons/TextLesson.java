package org.vidvec.lessons;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.vidvec.backbone.BranchedSequence;
import org.vidvec.engine.EngineException;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.world.Style;
import org.vidvec.world.Subject;

/** A caption alone, of which one word is asked for: what is said is what is shown. */
final class TextLesson {

    private TextLesson() {}

    /**
     * @param words any of which is right
     */
    static Lesson of(
            TrainableModel model, Subject subject, List<String> words, SplittableRandom random)
            throws ModelException, EngineException {
        Style style = random.nextInt(3) == 0 ? Style.DENSE : Style.SHORT;
        Content text = new Content.Text(subject.caption(style, random.nextLong()));
        PreparedSequence prompt =
                model.prepare(new EmbedInput(List.of(text), EmbedInput.Role.QUERY, null));
        Answered answer = Answered.oneOf(model, words, random);
        List<Lesson.Next> next = new ArrayList<>();
        for (Lesson.Next each : answer.next()) {
            next.add(new Lesson.Next(each.skill(), prompt.length() + each.place(), each.token()));
        }
        BranchedSequence sequence =
                new BranchedSequence(prompt.followedBy(answer.ids()), List.of());
        return new Lesson(sequence, next, List.of());
    }
}
