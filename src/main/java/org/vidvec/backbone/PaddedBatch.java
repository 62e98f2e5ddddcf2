package org.vidvec.backbone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vidvec.prompt.PreparedSequence;

/**
 * Texts padded to one length, as transformers lays batches out; positions count up over padding,
 * too. The networks here pack sequences without padding: {@link #sequences} takes it out again.
 *
 * @param ids [rows][tokens]
 * @param mask [rows][tokens]: 1 at tokens, 0 at padding
 * @param positions [tokens] of every row
 * @param prefixes [rows]: so many tokens at the start of a text see each other in both directions
 */
public record PaddedBatch(long[][] ids, long[][] mask, long[] positions, int[] prefixes) {

    /** Where the padding goes. */
    public enum Side {
        /** Before the text, so that all rows end together. */
        LEFT,
        /** After it. */
        RIGHT
    }

    /**
     * Pads texts.
     *
     * @param texts without pictures; their first position is that of the layout
     * @param padding the token to fill up with
     */
    public static PaddedBatch of(List<PreparedSequence> texts, Side side, long padding) {
        int longest = texts.stream().mapToInt(PreparedSequence::length).max().orElseThrow();
        long[][] ids = new long[texts.size()][longest];
        long[][] mask = new long[texts.size()][longest];
        int[] prefixes = new int[texts.size()];
        for (int row = 0; row < ids.length; row++) {
            PreparedSequence text = texts.get(row);
            int from = side == Side.LEFT ? longest - text.length() : 0;
            Arrays.fill(ids[row], padding);
            System.arraycopy(text.ids(), 0, ids[row], from, text.length());
            Arrays.fill(mask[row], from, from + text.length(), 1);
            prefixes[row] = text.prefix();
        }
        long[] positions = new long[longest];
        long first = texts.get(0).positions()[0][0];
        Arrays.setAll(positions, i -> first + i);
        return new PaddedBatch(ids, mask, positions, prefixes);
    }

    /** What is to be computed: the tokens that the mask leaves, at their places in the layout. */
    public List<PreparedSequence> sequences() {
        List<PreparedSequence> sequences = new ArrayList<>();
        for (int row = 0; row < ids.length; row++) {
            long[] kept = real(row, ids[row]);
            long[] at = real(row, positions);
            long[][] axes = {at, at, at};
            sequences.add(new PreparedSequence(kept, axes, List.of(), prefixes[row]));
        }
        return sequences;
    }

    /** The values of a row that are not at padding. */
    private long[] real(int row, long[] values) {
        long[] kept = new long[values.length];
        int size = 0;
        for (int i = 0; i < values.length; i++) {
            if (mask[row][i] == 1) {
                kept[size++] = values[i];
            }
        }
        return Arrays.copyOf(kept, size);
    }
}
