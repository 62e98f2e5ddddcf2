package org.vidvec.prompt;

/**
 * One image or video as normalised patches.
 *
 * @param rows [gridT * gridH * gridW, channels * temporalPatch * patch * patch]; within a patch
 *     channel, time, row, column; patches in the order time, merged row, merged column, row in
 *     block, column in block
 * @param grid how many patches along each axis
 * @param merge merge x merge patches become one token
 * @param kept [tokens]: which merged tokens go into the prompt, ascending; null for all
 * @param placeholder the token id whose places in the sequence it fills
 */
public record VisionInput(PatchRows rows, PatchGrid grid, int merge, int[] kept, long placeholder) {

    /** An input all of whose tokens go into the prompt. */
    public VisionInput(PatchRows rows, PatchGrid grid, int merge, long placeholder) {
        this(rows, grid, merge, null, placeholder);
    }

    /** The same of rows that are there. */
    public VisionInput(float[] patches, PatchGrid grid, int merge, long placeholder) {
        this(new PatchRows.Written(patches), grid, merge, placeholder);
    }

    /** A copy of its rows, which may have to be cut first. */
    public float[] patches() {
        return rows.values();
    }

    /** Number of patches. */
    public int numPatches() {
        return grid.patches();
    }

    /** Number of tokens after merging, before some are dropped. */
    public int numMerged() {
        return grid.patches() / (merge * merge);
    }

    /** Number of tokens in the prompt. */
    public int numTokens() {
        return kept == null ? numMerged() : kept.length;
    }
}
