/**
 * What a run learns from: pairs and moments of files, of labelled sets and of the generated world,
 * the order in which they come, and their media, decoded shortly before they are asked for.
 *
 * <p>May import {@code lessons}, {@code datasets}, {@code model}, {@code world}, {@code media},
 * {@code natives} and {@code stills}. Start with {@link org.vidvec.samples.Supply} and {@link
 * org.vidvec.samples.Batches}.
 */
package org.vidvec.samples;
