package org.vidvec.metrics;

import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.datasets.Question;

/** What can be known without looking, counted by hand. */
public class PriorAnswersTests extends ESTestCase {

    private static double accuracy(String... textsAndAnswers) {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < textsAndAnswers.length; i += 2) {
            questions.add(
                    new Question(
                            "q" + i,
                            "clip",
                            textsAndAnswers[i],
                            List.of(textsAndAnswers[i + 1]),
                            List.of()));
        }
        return PriorAnswers.accuracy(questions);
    }

    public void testTheMostFrequentAnswerOfTheSameQuestion() {
        String how = "how many are there?";
        // the three twos expect two, the one expects two as well
        assertEquals(0.75, accuracy(how, "two", how, "two", how, "two", how, "one"), 1e-12);
    }

    public void testAnAnswerDoesNotTellItself() {
        assertEquals(0, accuracy("what is it?", "a star"), 0);
        assertEquals(0, accuracy("what is it?", "a star", "what is it?", "a ring"), 0);
    }

    public void testOtherQuestionsOfTheSameBeginning() {
        double found =
                accuracy(
                        "is the star red?", "yes",
                        "is the ring red?", "yes",
                        "is the cross red?", "no",
                        "what colour is the star?", "blue",
                        "what colour is the ring?", "blue");
        // the others of each yes are yes and no, of which no comes first; those of the no are yes
        assertEquals(2.0 / 5, found, 1e-12);
    }

    public void testWithoutAnythingAlikeTheMostFrequentOfAll() {
        double found =
                accuracy(
                        "who is it?",
                        "a dog",
                        "where was it?",
                        "here",
                        "when?",
                        "here",
                        "why so?",
                        "here");
        assertEquals(3.0 / 4, found, 1e-12);
    }
}
