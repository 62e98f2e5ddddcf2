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
 */
public record WeightEntry(String name, Path file, StoredType type, long[] shape, long offset) {

    /** The same under another name. */
    public WeightEntry renamed(String other) {
        return other.equals(name) ? this : new WeightEntry(other, file, type, shape, offset);
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
