package org.vidvec.scratch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the tokens of a new model are learnt from. */
public sealed interface Vocabulary {

    /** Counts the words of what is said. */
    Map<String, Long> count(long seed, List<String> prompts, List<String> answers);

    /** What is said in the generated world. */
    record World() implements Vocabulary {

        @Override
        public Map<String, Long> count(long seed, List<String> prompts, List<String> answers) {
            WordCounts words = new WordCounts(prompts, answers);
            WorldWords.count(seed, words);
            return words.counts();
        }
    }

    /**
     * Texts of one's own.
     *
     * @param file UTF-8
     */
    record Texts(Path file) implements Vocabulary {

        /** Rarer words are spelled by parts of others; more would take the trainer minutes. */
        private static final int WORDS = 20_000;

        /**
         * @throws IllegalArgumentException if the file can't be read or says nothing
         */
        @Override
        public Map<String, Long> count(long seed, List<String> prompts, List<String> answers) {
            WordCounts words = new WordCounts(prompts, answers);
            int before = words.counts().size();
            try (Stream<String> lines = Files.lines(file)) {
                lines.forEach(line -> words.add(line, 1));
            } catch (IOException | UncheckedIOException e) {
                throw new IllegalArgumentException(
                        "can't read [model.new.texts], [" + file + "]: " + e, e);
            }
            if (words.counts().size() == before) {
                throw new IllegalArgumentException(
                        "[model.new.texts], [" + file + "], has no words to learn tokens from");
            }
            return words.counts().entrySet().stream()
                    .sorted(
                            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                    .thenComparing(Map.Entry.comparingByKey()))
                    .limit(WORDS)
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }
    }
}
