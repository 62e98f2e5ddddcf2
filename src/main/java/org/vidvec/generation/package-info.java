/**
 * Texts, token by token: a prompt is read once, then each token behind the decoder's memory of what
 * came before.
 */
package org.vidvec.generation;
