/**
 * Training: runs as a file describes them, losses, gradients through the graphs that serve,
 * optimisers, checkpoints.
 *
 * <p>What they learn from comes from {@code samples}. May import that, {@code lessons}, {@code
 * scratch}, {@code generation}, {@code world}, {@code datasets}, {@code model}, {@code backbone},
 * {@code prompt}, {@code engine}, {@code media} and {@code natives}. Start with {@link
 * org.vidvec.train.TrainingRun}, then {@link org.vidvec.train.PairStep}.
 */
package org.vidvec.train;
