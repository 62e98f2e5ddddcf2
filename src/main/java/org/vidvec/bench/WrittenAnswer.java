package org.vidvec.bench;

import java.util.List;
import org.vidvec.backbone.KeyValues;
import org.vidvec.engine.EngineException;
import org.vidvec.generation.GenerationListener;
import org.vidvec.generation.GenerationOptions;
import org.vidvec.generation.GenerationOptions.Stop;
import org.vidvec.generation.Generator;
import org.vidvec.prompt.PreparedSequence;

/**
 * How long a text took.
 *
 * @param firstMillis from the prompt to its first token
 * @param tokenMillis each token after that
 */
record WrittenAnswer(double firstMillis, double tokenMillis) {

    private static final double NANOS_PER_MILLI = 1e6;

    /** Writes {@code tokens}, at least 2, wherever the text would end. */
    static WrittenAnswer time(
            Generator generator, PreparedSequence prompt, List<KeyValues> before, int tokens)
            throws EngineException {
        GenerationOptions options = GenerationOptions.greedy(tokens).withStop(Stop.NEVER);
        FirstToken first = new FirstToken();
        long begin = System.nanoTime();
        generator.generate(List.of(prompt), before, options, first);
        long end = System.nanoTime();
        return new WrittenAnswer(
                (first.nanos - begin) / NANOS_PER_MILLI,
                (end - first.nanos) / NANOS_PER_MILLI / (tokens - 1));
    }

    /** Takes the time when it is asked whether to go on after the first token. */
    private static final class FirstToken implements GenerationListener {

        private boolean asked;
        private long nanos;

        @Override
        public void onText(int sequence, String piece) {}

        @Override
        public boolean isCancelled(int sequence) {
            if (asked == false) {
                nanos = System.nanoTime();
                asked = true;
            }
            return false;
        }
    }
}
