/**
 * What all families share of a network: config fields, weight names and shapes, adapters, the
 * network on libtorch, what is read from it, and the decoder's memory.
 *
 * <p>May import {@code prompt} and {@code engine}. No tensor leaves this package but for training:
 * {@code model} sees float arrays. Start with {@link org.vidvec.backbone.VisionLanguageNetwork},
 * then {@link org.vidvec.backbone.NetworkConfig}.
 */
package org.vidvec.backbone;
