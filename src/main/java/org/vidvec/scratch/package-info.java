/**
 * Models from scratch: a tokenizer that is learnt from the generated world's texts or one's own,
 * and a folder in Qwen2-VL's layout with first values, to be trained.
 *
 * <p>May import {@code world} and {@code engine}. Start with {@link org.vidvec.scratch.NewModel}.
 */
package org.vidvec.scratch;
