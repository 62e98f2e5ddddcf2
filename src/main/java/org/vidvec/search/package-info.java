/**
 * A search request into embed and match calls, and their answers back into scores: the query vector
 * builder, the rescorer, the retriever and the fetch phase that marks hits that were not judged.
 *
 * <p>May import {@code action}. Knows Elasticsearch and Lucene, and nothing of models, tensors or
 * frames.
 *
 * <p>Start reading at {@link org.vidvec.search.VidvecQueryVectorBuilder} for the first stage, then
 * {@link org.vidvec.search.VidvecRescorerBuilder} and {@code VidvecRescorer} for the second, or
 * {@link org.vidvec.search.VidvecRankBuilder} for that over all shards at once.
 */
package org.vidvec.search;
