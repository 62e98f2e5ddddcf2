package org.vidvec.backbone;

import java.util.List;

/**
 * What a decoder reads: tokens with their places, and the patches that take the place of some.
 *
 * @param ids [tokens], with a placeholder id wherever a vision feature goes
 * @param positions [3][tokens]: time, height and width for the rotary embedding (M-RoPE, Qwen2-VL
 *     §2.1); the three are equal for text
 * @param vision in the order in which their placeholders stand in {@code ids}
 */
public record PreparedSequence(long[] ids, long[][] positions, List<VisionInput> vision) {

    /**
     * @throws IllegalArgumentException if there is no token or the positions are not [3][tokens]
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
        vision = List.copyOf(vision);
    }

    /** Number of tokens. */
    public int length() {
        return ids.length;
    }
}
