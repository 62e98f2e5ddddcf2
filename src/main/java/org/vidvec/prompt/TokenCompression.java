package org.vidvec.prompt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which blocks of a video are worth a token: those that differ from the same block one frame
 * earlier (VideoLLaMA3 §2.2, the differential frame pruner).
 *
 * @param kept indices into all blocks of all frames, ascending; null for all
 * @param perFrame how many blocks of each frame are kept
 */
public record TokenCompression(int[] kept, List<Integer> perFrame) {

    // of 255: HF VideoLlama3VideoProcessor, _get_compression_mask
    private static final double THRESHOLD = 0.1;

    /** Keeps everything. */
    public static TokenCompression none(PatchGrid grid, int merge) {
        int blocks = blocks(grid, merge);
        List<Integer> perFrame = new ArrayList<>();
        for (int t = 0; t < grid.time(); t++) {
            perFrame.add(blocks);
        }
        return new TokenCompression(null, List.copyOf(perFrame));
    }

    /**
     * Keeps the first frame, what differs enough, and at least one block of each frame.
     *
     * @param rows normalised patches, block by block
     */
    public static TokenCompression of(float[] rows, PatchGrid grid, int merge) {
        int blocks = blocks(grid, merge);
        double[] differences = differences(rows, grid, merge);
        int[] kept = new int[grid.time() * blocks];
        int numKept = 0;
        List<Integer> perFrame = new ArrayList<>();
        for (int t = 0; t < grid.time(); t++) {
            int before = numKept;
            for (int block = 0; block < blocks; block++) {
                if (t == 0 || 255 * differences[(t - 1) * blocks + block] > THRESHOLD) {
                    kept[numKept++] = t * blocks + block;
                }
            }
            if (numKept == before) {
                kept[numKept++] = t * blocks;
            }
            perFrame.add(numKept - before);
        }
        return new TokenCompression(Arrays.copyOf(kept, numKept), List.copyOf(perFrame));
    }

    /**
     * [frames - 1, blocks]: the mean absolute difference of each block to that one frame earlier.
     *
     * @param rows normalised patches, block by block
     */
    public static double[] differences(float[] rows, PatchGrid grid, int merge) {
        int blocks = blocks(grid, merge);
        int blockLength = rows.length / (grid.time() * blocks);
        int frameLength = blocks * blockLength;
        double[] differences = new double[(grid.time() - 1) * blocks];
        for (int i = 0; i < differences.length; i++) {
            double sum = 0;
            for (int at = i * blockLength; at < (i + 1) * blockLength; at++) {
                sum += Math.abs(rows[at + frameLength] - rows[at]);
            }
            differences[i] = sum / blockLength;
        }
        return differences;
    }

    private static int blocks(PatchGrid grid, int merge) {
        return grid.height() * grid.width() / (merge * merge);
    }
}
