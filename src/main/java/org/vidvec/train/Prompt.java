package org.vidvec.train;

import org.vidvec.prompt.PreparedSequence;

/**
 * What the network reads to embed an input.
 *
 * @param shown whether it is something shown without a text, which a head embeds by what the model
 *     writes about it
 */
record Prompt(PreparedSequence sequence, boolean shown) {}
