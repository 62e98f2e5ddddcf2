package org.vidvec.backbone;

import java.util.ArrayList;
import java.util.List;

/**
 * What the network needs to know of a family's vision tower.
 *
 * @param source file in {@code resources/graphs} with its function {@code see}
 * @param layers depth
 * @param heads attention heads
 * @param patchWidth numbers in one patch
 * @param extras names in {@link Trace#more} of what else {@code see} gives after the layers if
 *     asked for all
 * @param more numbers that only this {@code see} knows
 * @param deepstack how many of the first decoder layers get features of their own, which {@code
 *     see} gives just before the merged tokens
 */
public record VisionTower(
        String source,
        int layers,
        int heads,
        int patchWidth,
        List<String> extras,
        long[] more,
        int deepstack) {

    /** A tower without numbers of its own, whose merged tokens go into the prompt only. */
    public VisionTower(String source, int layers, int heads, int patchWidth, List<String> extras) {
        this(source, layers, heads, patchWidth, extras, new long[0], 0);
    }

    /** Names of all that {@code see} gives between the layers and the merged tokens. */
    List<String> between() {
        List<String> names = new ArrayList<>(extras);
        for (int i = 0; i < deepstack; i++) {
            names.add("vision.deepstack." + i);
        }
        return names;
    }

    /** How many tensors {@code see} gives if asked for all: patch embedding to merged tokens. */
    int outputs() {
        return layers + 2 + between().size();
    }
}
