/**
 * The processor: reads a media field of a document, asks for its embedding, and writes the vector
 * with its provenance.
 *
 * <p>May import {@code action}. Nothing here waits: a document's pipeline goes on when the answer
 * comes.
 *
 * <p>Start reading at {@link org.vidvec.ingest.VidvecProcessor}.
 */
package org.vidvec.ingest;
