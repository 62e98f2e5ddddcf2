package org.vidvec.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vidvec.charts.Bars;

/** What a set's captions are like (ViLL-E, appendices L and M): their words and their lengths. */
final class CaptionStatistics {

    private static final int WORDS = 40;
    private static final int MOST_BINS = 30;

    private CaptionStatistics() {}

    /** The words that most captions have, the most frequent first. */
    static Bars words(List<String> captions) {
        List<Bars.Bar> bars =
                Keywords.count(captions).entrySet().stream()
                        .sorted(
                                Map.Entry.<String, Integer>comparingByValue(
                                                Comparator.reverseOrder())
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .limit(WORDS)
                        .map(e -> new Bars.Bar(e.getKey(), e.getValue()))
                        .toList();
        return new Bars("captions that have a word", "word", bars);
    }

    /** How many captions have so many words, in at most 30 steps of one width. */
    static Bars lengths(List<String> captions) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (String caption : captions) {
            counts.merge(caption.strip().split("\\s+").length, 1, Integer::sum);
        }
        int longest = counts.keySet().stream().mapToInt(Integer::intValue).max().orElse(1);
        int width = (longest + MOST_BINS - 1) / MOST_BINS;
        List<Bars.Bar> bars = new ArrayList<>();
        for (int from = 1; from <= longest; from += width) {
            int count = 0;
            for (int length = from; length < from + width; length++) {
                count += counts.getOrDefault(length, 0);
            }
            String name = width == 1 ? String.valueOf(from) : from + "-" + (from + width - 1);
            bars.add(new Bars.Bar(name, count));
        }
        return new Bars("captions by their number of words", "words", bars);
    }
}
