package org.vidvec.samples;

import java.util.List;
import org.vidvec.model.EmbedInput;

/**
 * Two inputs that are to be embedded next to each other.
 *
 * @param query what searches
 * @param target what is found
 * @param negatives what is near the target and wrong; as many in every pair of a source
 */
public record EmbedPair(EmbedInput query, EmbedInput target, List<EmbedInput> negatives) {}
