/**
 * How well models do: labelled sets through the model that a node runs, and what the papers measure
 * of it.
 *
 * <p>Start at {@link org.vidvec.quality.Evaluation} (what {@code ./vidvec eval} does), then {@link
 * org.vidvec.quality.RetrievalRun}, {@link org.vidvec.quality.LayerSweep}, {@link
 * org.vidvec.quality.MmebRun} and {@link org.vidvec.quality.CaptionMap}.
 *
 * <p>May import {@code datasets}, {@code metrics}, {@code charts}, {@code world}, {@code model},
 * {@code media}, {@code natives} and {@code stills}.
 */
package org.vidvec.quality;
