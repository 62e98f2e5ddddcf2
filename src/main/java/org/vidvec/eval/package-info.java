/**
 * Checks models against references: {@link org.vidvec.eval.ParityRun} compares every tensor of
 * fixture folders that another implementation wrote.
 *
 * <p>May import {@code train}, {@code model}, {@code backbone}, {@code engine}, {@code resize},
 * {@code media} and {@code natives}. Start with {@link org.vidvec.eval.ParityRun}, then {@link
 * org.vidvec.eval.CaseChecks}.
 */
package org.vidvec.eval;
