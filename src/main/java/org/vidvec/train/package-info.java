/**
 * Training: runs as a file describes them, losses, gradients through the graphs that serve,
 * optimisers, checkpoints.
 *
 * <p>May import {@code model}, {@code backbone}, {@code engine}, {@code media} and {@code natives}.
 * Start with {@link org.vidvec.train.TrainingRun}, then {@link org.vidvec.train.PairStep}.
 */
package org.vidvec.train;
