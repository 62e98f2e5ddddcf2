package org.vidvec.prompt;

import java.util.List;

/**
 * A prompt as the decoder reads it.
 *
 * @param ids token ids, placeholders repeated once per vision token
 * @param spans where its images and videos lie, in order
 */
public record PromptTokens(long[] ids, List<VisionSpan> spans) {}
