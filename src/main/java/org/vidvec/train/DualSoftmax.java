package org.vidvec.train;

/**
 * The constants of the dual-softmax loss (VidVec §3.5, which does not publish their values).
 *
 * @param temperature cosines are multiplied by it before the columns' softmax, the prior
 * @param scale revised cosines are multiplied by it before the rows' softmax
 * @param factor prior and cosine are multiplied by it; the batch size in the code that Cheng et al.
 *     (2021) published, 1 in their paper
 */
public record DualSoftmax(double temperature, double scale, double factor) {}
