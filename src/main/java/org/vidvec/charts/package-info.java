/**
 * Numbers as pictures: a canvas with dot letters, curves, maps of points; and what places and
 * groups the points (PCA, t-SNE, k-means). Nothing depends on the machine's fonts.
 *
 * <p>Start at {@link org.vidvec.charts.Curve}, {@link org.vidvec.charts.PointMap} and {@link
 * org.vidvec.charts.Tsne}.
 *
 * <p>May import nothing of ours.
 */
package org.vidvec.charts;
