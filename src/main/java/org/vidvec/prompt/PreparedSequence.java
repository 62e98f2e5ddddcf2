package org.vidvec.prompt;

import java.util.Arrays;
import java.util.List;

/**
 * What a decoder reads: tokens with their places, and the patches that take the place of some.
 *
 * @param ids [tokens], with a placeholder id wherever a vision feature goes
 * @param positions [3][tokens]: time, height and width for the rotary embedding (M-RoPE, Qwen2-VL
 *     §2.1); the three are equal for text
 * @param vision in the order in which their placeholders stand in {@code ids}
 * @param prefix so many tokens at the start see each other in both directions (prefix-LM,
 *     PaliGemma); 0 where every token sees only what is before it
 */
public record PreparedSequence(
        long[] ids, long[][] positions, List<VisionInput> vision, int prefix) {

    /** A sequence that is causal from its first token on. */
    public PreparedSequence(long[] ids, long[][] positions, List<VisionInput> vision) {
        this(ids, positions, vision, 0);
    }

    /**
     * @throws IllegalArgumentException if there is no token, the positions are not [3][tokens], or
     *     the prefix is longer than the sequence
     */
    public PreparedSequence {
        if (ids.length == 0) {
            throw new IllegalArgumentException("a sequence needs at least one token");
        }
        if (positions.length != 3) {
            throw new IllegalArgumentException(
                    "positions have three axes, not [" + positions.length + "]");
        }
        for (long[] axis : positions) {
            if (axis.length != ids.length) {
                throw new IllegalArgumentException(
                        "["
                                + ids.length
                                + "] tokens need as many positions, not ["
                                + axis.length
                                + "]");
            }
        }
        if (prefix < 0 || prefix > ids.length) {
            throw new IllegalArgumentException(
                    "a prefix has from [0] to all ["
                            + ids.length
                            + "] tokens of its sequence, not ["
                            + prefix
                            + "]");
        }
        vision = List.copyOf(vision);
    }

    /** The same, causal from its first token on. */
    public PreparedSequence causal() {
        return new PreparedSequence(ids, positions, vision);
    }

    /**
     * The same with more tokens behind it, read causally, as if they had been generated.
     *
     * @param more token ids
     */
    public PreparedSequence followedBy(long[] more) {
        long next = nextPosition();
        long[][] axes = new long[positions.length][];
        for (int axis = 0; axis < axes.length; axis++) {
            axes[axis] = Arrays.copyOf(positions[axis], ids.length + more.length);
            for (int i = 0; i < more.length; i++) {
                axes[axis][ids.length + i] = next + i;
            }
        }
        long[] all = Arrays.copyOf(ids, ids.length + more.length);
        System.arraycopy(more, 0, all, ids.length, more.length);
        return new PreparedSequence(all, axes, vision, prefix);
    }

    /** Number of tokens. */
    public int length() {
        return ids.length;
    }

    /**
     * Where text goes on: after the last token. Earlier ones may be at larger positions, where the
     * time of a video ran ahead ({@link PositionRule#SPATIAL}).
     */
    public long nextPosition() {
        int last = ids.length - 1;
        return 1 + Arrays.stream(positions).mapToLong(axis -> axis[last]).max().getAsLong();
    }

    /** How many tokens there are to the last one that a picture fills; 0 without pictures. */
    public int picturesEnd() {
        int end = 0;
        for (VisionInput input : vision) {
            for (int i = end; i < ids.length; i++) {
                if (ids[i] == input.placeholder()) {
                    end = i + 1;
                }
            }
        }
        return end;
    }

    /**
     * Its first tokens, with all that is seen among them.
     *
     * @param tokens 1..length; no placeholder may come after them
     */
    public PreparedSequence head(int tokens) {
        return new PreparedSequence(
                Arrays.copyOf(ids, tokens), cut(0, tokens), vision, Math.min(prefix, tokens));
    }

    /**
     * The tokens behind a head, to be read with its memory.
     *
     * @param from 0..length - 1; no placeholder may be among them
     * @throws IllegalArgumentException if the head would have to see them
     */
    public PreparedSequence tail(int from) {
        if (prefix > 0) {
            throw new IllegalArgumentException(
                    "a prefix of ["
                            + prefix
                            + "] tokens that see each other can't be cut at ["
                            + from
                            + "]");
        }
        return new PreparedSequence(
                Arrays.copyOfRange(ids, from, ids.length), cut(from, ids.length), List.of());
    }

    private long[][] cut(int from, int to) {
        return Arrays.stream(positions)
                .map(axis -> Arrays.copyOfRange(axis, from, to))
                .toArray(long[][]::new);
    }
}
