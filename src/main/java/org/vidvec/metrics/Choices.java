package org.vidvec.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options of a multiple choice question, and which of them an answer names. */
public final class Choices {

    /** {@code (A) yes}, {@code A. yes}, {@code A) yes}, {@code A: yes}. */
    private static final Pattern LABELLED =
            Pattern.compile("(?:\\(([A-Za-z])\\)|([A-Za-z])[.):])\\s*(.*)", Pattern.DOTALL);

    private static final Pattern LETTER = Pattern.compile("[A-Za-z]");

    private static final int MOST = 26;

    private final List<String> letters = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();

    /**
     * @param options as the set has them, with letters of their own or without
     */
    public Choices(List<String> options) {
        boolean own =
                options.stream().allMatch(o -> LABELLED.matcher(o.strip()).matches())
                        && options.stream().map(Choices::letter).distinct().count()
                                == options.size();
        for (String option : options) {
            int place = texts.size();
            letters.add(own ? letter(option) : place < MOST ? "" + (char) ('A' + place) : "");
            texts.add(own ? rest(option) : option.strip());
        }
    }

    private static String letter(String option) {
        Matcher label = LABELLED.matcher(option.strip());
        if (label.matches() == false) {
            return "";
        }
        String letter = label.group(1) == null ? label.group(2) : label.group(1);
        return letter.toUpperCase(Locale.ROOT);
    }

    private static String rest(String option) {
        Matcher label = LABELLED.matcher(option.strip());
        return label.matches() ? label.group(3).strip() : option.strip();
    }

    /** As a model is asked: a line {@code (A) yes} for each. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String letter = letters.get(i);
            lines.add(letter.isEmpty() ? texts.get(i) : "(" + letter + ") " + texts.get(i));
        }
        return lines;
    }

    /**
     * Which option an answer names: by its text, by its letter alone ({@code A}, {@code (A)},
     * {@code A.}), or by both.
     *
     * @return its place; -1 for none
     */
    public int named(String answer) {
        for (int i = 0; i < texts.size(); i++) {
            if (Answers.plain(texts.get(i)).equals(Answers.plain(answer))) {
                return i;
            }
        }
        String bare = answer.strip();
        if (LETTER.matcher(bare).matches()) {
            return letters.indexOf(bare.toUpperCase(Locale.ROOT));
        }
        int place = letters.indexOf(letter(bare));
        boolean agrees =
                place >= 0
                        && (rest(bare).isEmpty()
                                || Answers.plain(rest(bare))
                                        .equals(Answers.plain(texts.get(place))));
        return agrees ? place : -1;
    }
}
