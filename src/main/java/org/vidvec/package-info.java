/**
 * The plugin class and its settings: a table of contents of all that the host sees.
 *
 * <p>It may import every package that serves a node, and alone knows how they are put together.
 * With {@code ingest}, {@code search} and {@code action} it is where Elasticsearch's classes may be
 * used.
 *
 * <p>Start reading at {@link org.vidvec.VidvecPlugin}.
 */
package org.vidvec;
