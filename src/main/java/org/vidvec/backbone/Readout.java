package org.vidvec.backbone;

/**
 * What was read for one sequence.
 *
 * @param state [hidden], not normalised to a length
 * @param logits one per head row of the plan, in its order
 */
public record Readout(float[] state, float[] logits) {}
