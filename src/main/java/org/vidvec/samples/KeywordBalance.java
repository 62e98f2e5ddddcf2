package org.vidvec.samples;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Keeps captions so that no keyword outweighs the others (ViLL-E §4.2, appendix L): keywords that
 * few captions have are dropped, and of each other, from the most frequent on, so many captions are
 * taken at most. A caption that was taken for one keyword counts for all that it has. The paper's
 * keywords are labels of its videos; where there are none, words of the captions take their place.
 *
 * @param least captions that a keyword must have, 30 in the paper
 * @param most captions that are taken for a keyword, 500 in the paper
 * @param field of a line, with its keywords; empty for the words of the caption
 */
public record KeywordBalance(int least, int most, String field) {

    /** Words that say nothing of what is seen; the paper does not list its own. */
    private static final Set<String> STOP =
            Set.of(
                    ("a an and are as at be been being both but by can for from had has have he her"
                                    + " here him his if in into is it its more no not of off on one"
                                    + " onto or other out over own she so some than that the their"
                                    + " them then there these they this those through to too under"
                                    + " up very was were what when where which while who will with"
                                    + " you your")
                            .split(" "));

    private static final int SHOWN = 20;

    /**
     * What is kept, and of what it is.
     *
     * @param places of the captions that are kept, ascending
     * @param before captions by keyword, the most frequent first, those that are dropped included
     * @param after the same of what is kept
     */
    public record Kept(
            List<Integer> places, Map<String, Integer> before, Map<String, Integer> after) {

        /** Both distributions in words (E-50: a diagnostic of the data). */
        List<String> notes() {
            return List.of(
                    places.size() + " captions are kept by their keywords",
                    "keywords before: " + shown(before),
                    "keywords after: " + shown(after));
        }

        private static String shown(Map<String, Integer> counts) {
            String most =
                    counts.entrySet().stream()
                            .limit(SHOWN)
                            .map(e -> e.getKey() + " " + e.getValue())
                            .collect(Collectors.joining(", "));
            return counts.size() + ", the most frequent: " + most;
        }
    }

    /**
     * @throws IllegalArgumentException if nothing could be kept
     */
    public KeywordBalance {
        if (least < 1 || most < 1) {
            throw new IllegalArgumentException(
                    "[data.balance] needs [least] and [most] from [1] on, not ["
                            + least
                            + "] and ["
                            + most
                            + "]");
        }
    }

    /** By keywords of the captions' own. */
    public static KeywordBalance ofWords(int least, int most) {
        return new KeywordBalance(least, most, "");
    }

    /** Whether lines name their keywords. */
    boolean isLabelled() {
        return field.isEmpty() == false;
    }

    /** Chooses among captions by their words; those that come first are taken first. */
    public Kept keep(List<String> captions) {
        return keepLabelled(captions.stream().map(KeywordBalance::keywords).toList());
    }

    /**
     * Chooses among captions by their keywords; those that come first are taken first, and those
     * without any not at all.
     *
     * @param words keywords of each
     */
    public Kept keepLabelled(List<Set<String>> words) {
        Map<String, Integer> before = counts(words);
        Map<String, List<Integer>> having = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            for (String word : words.get(i)) {
                having.computeIfAbsent(word, w -> new ArrayList<>()).add(i);
            }
        }
        TreeSet<Integer> kept = new TreeSet<>();
        Map<String, Integer> taken = new HashMap<>();
        before.forEach(
                (word, count) -> {
                    for (int place : count < least ? List.<Integer>of() : having.get(word)) {
                        if (taken.getOrDefault(word, 0) < most && kept.add(place)) {
                            words.get(place).forEach(w -> taken.merge(w, 1, Integer::sum));
                        }
                    }
                });
        return new Kept(List.copyOf(kept), before, counts(kept.stream().map(words::get).toList()));
    }

    /** Different words of a caption that are no stop words, in lower case. */
    private static Set<String> keywords(String caption) {
        Set<String> words = new LinkedHashSet<>();
        for (String word : caption.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
            if (word.isEmpty() == false && STOP.contains(word) == false) {
                words.add(word);
            }
        }
        return words;
    }

    private static Map<String, Integer> counts(List<Set<String>> words) {
        Map<String, Integer> counts = new HashMap<>();
        words.forEach(own -> own.forEach(word -> counts.merge(word, 1, Integer::sum)));
        Map<String, Integer> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                .forEach(e -> sorted.put(e.getKey(), e.getValue()));
        return sorted;
    }
}
