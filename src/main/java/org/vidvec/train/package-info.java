/**
 * Training: losses, gradients through the graphs that serve, optimisers.
 *
 * <p>May import {@code model}, {@code backbone}, {@code engine}, {@code media} and {@code natives}.
 */
package org.vidvec.train;
