package org.vidvec.scratch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Learns byte-level BPE (Sennrich et al. 2016) from counted words: again and again the pair of
 * neighbours that comes up most becomes a token; of equals that with the smaller ids, as Hugging
 * Face's {@code BpeTrainer} decides it. All pairs are counted anew each time, which is enough for a
 * few thousand different words.
 */
final class BpeTrainer {

    /** A word as it is cut by now. */
    private record Word(List<String> tokens, long count) {}

    private final List<String> tokens = ByteLetters.sorted();
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<Bpe.Merge> merges = new ArrayList<>();
    private final List<Word> words = new ArrayList<>();

    private BpeTrainer(Map<String, Long> counts) {
        tokens.forEach(token -> ids.put(token, ids.size()));
        counts.forEach((word, count) -> words.add(new Word(ByteLetters.of(word), count)));
    }

    /**
     * @param counts of words
     * @param vocabulary tokens at most, at least the 256 bytes
     */
    static Bpe train(Map<String, Long> counts, int vocabulary) {
        BpeTrainer trainer = new BpeTrainer(counts);
        while (trainer.tokens.size() < vocabulary) {
            Bpe.Merge best = trainer.most();
            if (best == null) {
                break;
            }
            trainer.merge(best);
        }
        return new Bpe(trainer.tokens, trainer.merges);
    }

    private Bpe.Merge most() {
        Map<Bpe.Merge, Long> counts = new HashMap<>();
        for (Word word : words) {
            for (int i = 0; i + 1 < word.tokens().size(); i++) {
                Bpe.Merge pair = new Bpe.Merge(word.tokens().get(i), word.tokens().get(i + 1));
                counts.merge(pair, word.count(), Long::sum);
            }
        }
        Comparator<Map.Entry<Bpe.Merge, Long>> order =
                Map.Entry.<Bpe.Merge, Long>comparingByValue()
                        .thenComparing(e -> -ids.get(e.getKey().left()))
                        .thenComparing(e -> -ids.get(e.getKey().right()));
        return counts.entrySet().stream().max(order).map(Map.Entry::getKey).orElse(null);
    }

    private void merge(Bpe.Merge pair) {
        merges.add(pair);
        if (ids.putIfAbsent(pair.whole(), tokens.size()) == null) {
            tokens.add(pair.whole());
        }
        words.replaceAll(word -> new Word(merged(word.tokens(), pair), word.count()));
    }

    private static List<String> merged(List<String> word, Bpe.Merge pair) {
        List<String> merged = new ArrayList<>(word.size());
        for (int i = 0; i < word.size(); i++) {
            boolean here =
                    i + 1 < word.size()
                            && word.get(i).equals(pair.left())
                            && word.get(i + 1).equals(pair.right());
            merged.add(here ? pair.whole() : word.get(i));
            i += here ? 1 : 0;
        }
        return merged;
    }
}
