/**
 * Model families as functions from token ids and pixels to hidden states and logits: config, weight
 * names, network; processor and prompt.
 *
 * <p>May import {@code engine}, {@code resize} and {@code media}. No tensor leaves this package:
 * {@code model} sees float arrays. Start with {@link org.vidvec.backbone.VisionLanguageNetwork},
 * then {@link org.vidvec.backbone.Qwen2VlNetwork}.
 */
package org.vidvec.backbone;
