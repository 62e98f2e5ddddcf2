package org.vidvec.metrics;

import java.util.List;
import java.util.Locale;
import org.vidvec.datasets.Question;

/** Whether a written answer is a right one (MSR-VTT-QA, MSVD-QA: the same words). */
public final class Answers {

    private Answers() {}

    /** Whether the answer is one of the right ones, whatever its case, spaces and end mark. */
    public static boolean isRight(String answer, List<String> right) {
        String plain = plain(answer);
        return right.stream().anyMatch(r -> plain(r).equals(plain));
    }

    /** The same; of options also the letter of a right one, see {@link Choices#named}. */
    public static boolean isRight(String answer, Question question) {
        if (isRight(answer, question.answers())) {
            return true;
        }
        Choices choices = new Choices(question.options());
        int said = choices.named(answer);
        return said >= 0 && question.answers().stream().anyMatch(a -> choices.named(a) == said);
    }

    static String plain(String text) {
        return text.toLowerCase(Locale.ROOT)
                .strip()
                .replaceAll("\\s+", " ")
                .replaceAll("[.!?,;:]+$", "");
    }
}
