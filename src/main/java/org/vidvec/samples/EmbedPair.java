package org.vidvec.samples;

import java.util.List;
import org.vidvec.model.EmbedInput;

/**
 * Two inputs that are to be embedded next to each other.
 *
 * @param id of the sample in its source
 * @param query what searches
 * @param target what is found
 * @param negatives what is near the target and wrong; as many in every pair of a source
 */
public record EmbedPair(long id, EmbedInput query, EmbedInput target, List<EmbedInput> negatives) {}
