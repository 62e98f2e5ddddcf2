package org.vidvec.scratch;

import java.util.Collections;
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

    private final Map<String, Long> counts = new TreeMap<>();

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
