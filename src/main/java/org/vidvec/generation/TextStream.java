package org.vidvec.generation;

import java.util.Arrays;
import java.util.List;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tokenizer;

/**
 * Tokens to text as they come. What may still change is held back: bytes of a character that is not
 * complete, and what may be the beginning of a stop text. Used by one thread.
 */
final class TextStream {

    // what a decoder puts for bytes that are no character
    private static final char BROKEN = '\uFFFD';

    private final Tokenizer tokenizer;
    private final List<String> stops;
    private final StringBuilder told = new StringBuilder();
    private long[] ids = {};
    private String decoded = "";
    private boolean stopped;

    TextStream(Tokenizer tokenizer, List<String> stops) {
        this.tokenizer = tokenizer;
        this.stops = stops;
    }

    /**
     * One more token.
     *
     * @return what is now certain, may be empty
     */
    String add(long id) throws EngineException {
        ids = Arrays.copyOf(ids, ids.length + 1);
        ids[ids.length - 1] = id;
        decoded = tokenizer.decode(ids, true);
        int stop = firstStop();
        stopped = stop >= 0;
        return tell(stopped ? stop : certain());
    }

    /** Whether a stop text has come. */
    boolean isStopped() {
        return stopped;
    }

    /** What was held back, when no more tokens come. */
    String finish() {
        return stopped ? "" : tell(decoded.length());
    }

    /** All that was told. */
    String text() {
        return told.toString();
    }

    private String tell(int end) {
        int begin = told.length();
        String piece = end > begin ? decoded.substring(begin, end) : "";
        told.append(piece);
        return piece;
    }

    private int firstStop() {
        return stops.stream().mapToInt(decoded::indexOf).filter(at -> at >= 0).min().orElse(-1);
    }

    private int certain() {
        int end = decoded.length();
        while (end > 0 && decoded.charAt(end - 1) == BROKEN) {
            end--;
        }
        for (int begin = told.length(); begin < end; begin++) {
            String rest = decoded.substring(begin, end);
            if (stops.stream().anyMatch(stop -> stop.startsWith(rest))) {
                return begin;
            }
        }
        return end;
    }
}
