/**
 * Reports of several models beside each other, and beside what papers publish: rows of tables,
 * lines of charts.
 *
 * <p>Start at {@link org.vidvec.reports.ScoreRows}, {@link org.vidvec.reports.MmebFigures} and
 * {@link org.vidvec.reports.ComparedCurves}.
 *
 * <p>May import {@code charts}.
 */
package org.vidvec.reports;
