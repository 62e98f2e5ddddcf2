/**
 * Measures of rankings, moments and answers as the papers and their public harnesses define them;
 * numbers in, numbers out.
 *
 * <p>Start at {@link org.vidvec.metrics.RankedGains} (what a ranking is worth, place by place) and
 * {@link org.vidvec.metrics.MomentScores}. Checked against ranx, pytrec_eval and QVHighlights'
 * definition by {@code MeasureTests}.
 *
 * <p>May import {@code datasets}, for {@code Span}.
 */
package org.vidvec.metrics;
