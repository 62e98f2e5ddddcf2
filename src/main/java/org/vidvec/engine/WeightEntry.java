package org.vidvec.engine;

import java.nio.file.Path;

/**
 * A tensor in a safetensors file.
 *
 * @param name its name in the checkpoint, or in the network that it is for
 * @param file the file that holds it
 * @param type how its numbers are stored
 * @param shape sizes, outermost first
 * @param offset where its bytes begin in the file
 * @param update what an adapter adds to it; null for nothing
 */
public record WeightEntry(
        String name, Path file, StoredType type, long[] shape, long offset, LowRankUpdate update) {

    /** The same under another name. */
    public WeightEntry renamed(String other) {
        return new WeightEntry(other, file, type, shape, offset, update);
    }

    /** The same with something added to it. */
    public WeightEntry with(LowRankUpdate addition) {
        return new WeightEntry(name, file, type, shape, offset, addition);
    }

    /** How many numbers it holds. */
    public long size() {
        long size = 1;
        for (long n : shape) {
            size = Math.multiplyExact(size, n);
        }
        return size;
    }

    /** How many bytes it takes in the file. */
    public long bytes() {
        return Math.multiplyExact(size(), (long) type.bytes());
    }
}
