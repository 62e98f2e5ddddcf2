package org.vidvec.quality;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Words that say what texts are about: all but those that stand in every English sentence. */
final class Keywords {

    private static final Set<String> STOP =
            Set.of(
                    """
                    a about above after all also an and another any are as at be been before behind
                    being below between both but by can could did do does down during each few for
                    from had has have he her here hers him his how i if in into is it its itself just
                    like me more most my near no nor not now of off on once one only onto or other
                    our out over own same she so some such than that the their them then there these
                    they this those through to too two under until up upon very was we were what when
                    where which while who will with would you your
                    """
                            .strip()
                            .split("\\s+"));

    private Keywords() {}

    /** How many of the texts have each word. */
    static Map<String, Integer> count(Collection<String> texts) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String text : texts) {
            String[] words = text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+");
            for (String word : new HashSet<>(Arrays.asList(words))) {
                if (word.length() > 1 && STOP.contains(word) == false) {
                    counts.merge(word, 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    /** The word that most texts have, of equals the first by alphabet; a dash if there is none. */
    static String dominant(List<String> texts) {
        return count(texts).entrySet().stream()
                .max(
                        Map.Entry.<String, Integer>comparingByValue()
                                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse("-");
    }
}
