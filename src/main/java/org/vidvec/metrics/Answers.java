package org.vidvec.metrics;

import java.util.List;
import java.util.Locale;

/** Whether a written answer is a right one (MSR-VTT-QA, MSVD-QA: the same words). */
public final class Answers {

    private Answers() {}

    /** Whether the answer is one of the right ones, whatever its case, spaces and end mark. */
    public static boolean isRight(String answer, List<String> right) {
        String plain = plain(answer);
        return right.stream().anyMatch(r -> plain(r).equals(plain));
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT)
                .strip()
                .replaceAll("\\s+", " ")
                .replaceAll("[.!?,;:]+$", "");
    }
}
