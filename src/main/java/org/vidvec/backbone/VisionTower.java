package org.vidvec.backbone;

/**
 * What the network needs to know of a family's vision tower.
 *
 * @param source file in {@code resources/graphs} with its function {@code see}
 * @param layers depth
 * @param heads attention heads
 * @param patchWidth numbers in one patch
 * @param outputs how many tensors {@code see} gives if asked for all: patch embedding, layers,
 *     whatever else there is, merged tokens
 * @param more numbers that only this {@code see} knows
 * @param deepstack how many of the first decoder layers get features of their own, which {@code
 *     see} gives just before the merged tokens
 */
record VisionTower(
        String source,
        int layers,
        int heads,
        int patchWidth,
        int outputs,
        long[] more,
        int deepstack) {

    /** A tower without numbers of its own, whose merged tokens go into the prompt only. */
    VisionTower(String source, int layers, int heads, int patchWidth, int outputs) {
        this(source, layers, heads, patchWidth, outputs, new long[0], 0);
    }
}
