package org.vidvec.scratch;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How often each word comes up in texts, words as Qwen2's tokenizer cuts them. */
final class WordCounts {

    /** Qwen2's pre-tokenizer (HF {@code Qwen2Tokenizer}). */
    static final String WORDS =
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}|"
                    + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    private static final Pattern WORD = Pattern.compile(WORDS);

    /** A word that must be one token comes up so often. */
    private static final long SURELY = 1_000_000;

    /** So often come prompts up, which all that is learnt is asked by. */
    private static final long OFTEN = 4000;

    private final Map<String, Long> counts = new TreeMap<>();

    /**
     * @param prompts what models are asked
     * @param answers that must be one token each
     */
    WordCounts(List<String> prompts, List<String> answers) {
        prompts.forEach(prompt -> add(prompt, OFTEN));
        answers.forEach(answer -> add(answer, SURELY));
    }

    void add(String text, long times) {
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            counts.merge(word.group(), times, Long::sum);
        }
    }

    /** By word. */
    Map<String, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }
}
