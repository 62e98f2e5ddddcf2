package org.vidvec.prompt;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import org.vidvec.media.Frame;

/**
 * The rows that a vision transformer reads of an image or video [patches, channels * temporalPatch
 * * patch * patch], row by row.
 */
public sealed interface PatchRows {

    /** How many numbers they are. */
    int size();

    /**
     * Writes them into a larger array.
     *
     * @param at where the first goes
     */
    void writeTo(float[] all, int at);

    /**
     * Puts into a digest what they are made of: the same rows of one processor, the same digest.
     */
    void update(MessageDigest digest);

    /** A copy of them. */
    default float[] values() {
        float[] values = new float[size()];
        writeTo(values, 0);
        return values;
    }

    /** Rows that are there. */
    record Written(float[] rows) implements PatchRows {
        @Override
        public int size() {
            return rows.length;
        }

        @Override
        public void writeTo(float[] all, int at) {
            System.arraycopy(rows, 0, all, at, rows.length);
        }

        @Override
        public void update(MessageDigest digest) {
            ByteBuffer bytes = ByteBuffer.allocate(rows.length * Float.BYTES);
            bytes.asFloatBuffer().put(rows);
            digest.update(bytes);
        }
    }

    /**
     * Rows that are cut out of frames each time they are read: until then these take a byte for
     * each number of theirs, where rows take four, and of an image eight.
     *
     * @param frames at the size at which they are cut
     */
    record OfFrames(Patches patches, List<Frame> frames, Normalisation normalisation)
            implements PatchRows {
        @Override
        public int size() {
            return patches.size(frames);
        }

        @Override
        public void writeTo(float[] all, int at) {
            patches.write(frames, normalisation, all, at);
        }

        /** Of their pixels: a quarter of the bytes, and nothing is cut. */
        @Override
        public void update(MessageDigest digest) {
            frames.forEach(frame -> digest.update(frame.rgb()));
        }
    }
}
