package org.vidvec.metrics;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vidvec.datasets.Question;

/**
 * How many questions are answered rightly without looking at what they are about: what a model's
 * answers must beat. Each gets the most frequent answer of the other questions in the same words;
 * if there are none, of those that begin with the same two words; if there are none, of all.
 */
public final class PriorAnswers {

    private static final int WORDS = 2;
    private static final String ALL = "";

    private final Map<String, Map<String, Integer>> answers = new HashMap<>();

    private PriorAnswers() {}

    /**
     * Part of the questions whose answer is right, 0 to 1.
     *
     * @param questions at least one
     */
    public static double accuracy(List<Question> questions) {
        PriorAnswers prior = new PriorAnswers();
        for (Question question : questions) {
            for (String key : keys(question)) {
                prior.answers
                        .computeIfAbsent(key, k -> new TreeMap<>())
                        .merge(question.answers().get(0), 1, Integer::sum);
            }
        }
        long right =
                questions.stream()
                        .filter(q -> Answers.isRight(prior.answer(q), q.answers()))
                        .count();
        return (double) right / questions.size();
    }

    /** From the narrowest to all. */
    private static List<String> keys(Question question) {
        String[] words = question.text().split("\\s+");
        int n = Math.min(WORDS, words.length);
        String beginning = "begins " + String.join(" ", List.of(words).subList(0, n));
        return List.of("is " + question.text(), beginning, ALL);
    }

    /** Its own answer does not count: the question must not tell it. */
    private String answer(Question question) {
        String own = question.answers().get(0);
        for (String key : keys(question)) {
            Map<String, Integer> others = new TreeMap<>(answers.get(key));
            others.computeIfPresent(own, (answer, n) -> n == 1 ? null : n - 1);
            if (others.isEmpty() == false) {
                return others.entrySet().stream()
                        .max(Comparator.comparingInt(Map.Entry::getValue))
                        .orElseThrow()
                        .getKey();
            }
        }
        return "";
    }
}
