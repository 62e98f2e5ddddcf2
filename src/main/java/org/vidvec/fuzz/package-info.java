/**
 * Damaged media without end: real files are cut, spliced and bent by a seed and given to the same
 * decoder as a node's, in a process of its own that may die.
 *
 * <p>Start at {@link org.vidvec.fuzz.FuzzRun}, which watches the process; {@link
 * org.vidvec.fuzz.FuzzWorker} is what runs in it. {@link org.vidvec.fuzz.BadMediaRun} takes a
 * folder of bad files as they are, several times round, and looks for leaks.
 *
 * <p>May import {@code media} and {@code natives}.
 */
package org.vidvec.fuzz;
