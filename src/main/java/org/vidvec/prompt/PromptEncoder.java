package org.vidvec.prompt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tokenizer;

/** Prompt text to token ids, with each placeholder repeated once per vision token. Thread-safe. */
public final class PromptEncoder {

    /**
     * Token ids.
     *
     * @param ids placeholders repeated
     * @param starts index of the first copy of each placeholder, in order
     */
    public record Encoded(long[] ids, List<Integer> starts) {}

    private final Tokenizer tokenizer;
    private final Collection<String> specialTokens;
    private final long[] placeholders;

    /**
     * @param specialTokens see {@link AddedTokens}
     * @param placeholders their ids
     */
    public PromptEncoder(
            Tokenizer tokenizer, Collection<String> specialTokens, long... placeholders) {
        this.tokenizer = tokenizer;
        this.specialTokens = List.copyOf(specialTokens);
        this.placeholders = placeholders;
    }

    /** A text to begin. */
    public PromptText text() {
        return new PromptText(specialTokens);
    }

    /**
     * The ids of a text.
     *
     * @param counts how often to repeat each placeholder of the text, in order
     * @param style whether the tokenizer's own end follows
     * @throws EngineException if the tokenizer fails
     */
    public Encoded encode(PromptText text, List<Integer> counts, PromptStyle style)
            throws EngineException {
        Encoded encoded = encode(text, counts);
        if (style.hasEnd() == false) {
            return encoded;
        }
        long[] end = end();
        long[] ids = Arrays.copyOf(encoded.ids(), encoded.ids().length + end.length);
        System.arraycopy(end, 0, ids, encoded.ids().length, end.length);
        return new Encoded(ids, encoded.starts());
    }

    /** What the tokenizer itself puts after a text; nothing in most checkpoints. */
    private long[] end() throws EngineException {
        long[] bare = tokenizer.encode("a", false);
        long[] whole = tokenizer.encode("a", true);
        int at = 0;
        while (at < whole.length && whole[at] != bare[bare.length - 1]) {
            at++;
        }
        return Arrays.copyOfRange(whole, Math.min(at + 1, whole.length), whole.length);
    }

    /** The ids of a text, without an end. */
    public Encoded encode(PromptText text, List<Integer> counts) throws EngineException {
        long[] ids = new long[64];
        int length = 0;
        List<Integer> starts = new ArrayList<>();
        for (String piece : text.pieces()) {
            for (long id : tokenizer.encode(piece, false)) {
                int copies = 1;
                if (isPlaceholder(id)) {
                    copies = counts.get(starts.size());
                    starts.add(length);
                }
                if (length + copies > ids.length) {
                    ids = Arrays.copyOf(ids, Math.max(length + copies, 2 * ids.length));
                }
                Arrays.fill(ids, length, length + copies, id);
                length += copies;
            }
        }
        return new Encoded(Arrays.copyOf(ids, length), List.copyOf(starts));
    }

    private boolean isPlaceholder(long id) {
        return LongStream.of(placeholders).anyMatch(p -> p == id);
    }
}
