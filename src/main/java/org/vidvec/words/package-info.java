/**
 * Words of requests. Imports nothing of ours.
 *
 * <p>Start with {@link org.vidvec.words.OneOf}.
 */
package org.vidvec.words;
