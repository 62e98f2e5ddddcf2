package org.vidvec.backbone;

/**
 * One image or video as normalised patches.
 *
 * @param patches [gridT * gridH * gridW, channels * temporalPatch * patch * patch]; within a patch
 *     channel, time, row, column; patches in the order time, merged row, merged column, row in
 *     block, column in block
 * @param gridT temporal patches
 * @param gridH rows of patches
 * @param gridW columns of patches
 * @param placeholder the token id whose places in the sequence it fills
 */
public record VisionInput(float[] patches, int gridT, int gridH, int gridW, long placeholder) {

    /** Number of patches. */
    public int numPatches() {
        return gridT * gridH * gridW;
    }
}
