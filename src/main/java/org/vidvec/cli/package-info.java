/**
 * The commands of {@code ./vidvec}, one class each, and the demo.
 *
 * <p>May import node, model, backbone, engine, media and natives; the only package that knows
 * picocli and the progress bar, and the only one that writes to standard output.
 *
 * <p>Start reading at {@link org.vidvec.cli.Vidvec}; the demo begins at {@link
 * org.vidvec.cli.DemoCommand}.
 */
package org.vidvec.cli;
