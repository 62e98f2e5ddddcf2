/**
 * From scores of a video's windows to the stretches that answer a query (ViLL-E App. G). Plain
 * numbers.
 *
 * <p>Start with {@link org.vidvec.moments.SeedAndMerge}.
 */
package org.vidvec.moments;
