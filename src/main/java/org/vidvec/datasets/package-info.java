/**
 * Labelled sets of videos, images and pages: the manifest of the generated world, JSON lines, and
 * the layouts in which the public sets are published. Annotations only: no media is decoded here.
 *
 * <p>Start at {@link org.vidvec.datasets.Datasets}, which finds the {@link
 * org.vidvec.datasets.Layout} of a folder and reads a {@link org.vidvec.datasets.LabelledSet}.
 *
 * <p>May import nothing of ours.
 */
package org.vidvec.datasets;
