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
 */
record VisionTower(String source, int layers, int heads, int patchWidth, int outputs) {}
