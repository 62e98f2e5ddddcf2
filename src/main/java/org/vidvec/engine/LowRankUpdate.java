package org.vidvec.engine;

/**
 * What LoRA adds to a weight W [out, in] (Hu et al. 2021): W + scale B A.
 *
 * @param a [rank, in]
 * @param b [out, rank]
 * @param scale alpha / rank
 */
public record LowRankUpdate(WeightEntry a, WeightEntry b, double scale) {}
