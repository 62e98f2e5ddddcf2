/**
 * The only door to DJL: TorchScript modules, tensors in scopes, safetensors, tokenizers, devices.
 *
 * <p>Java sees float32 and int64 tensors in main memory only; other types and devices stay inside
 * the TorchScript sources. May import {@code natives}; nobody else may import {@code ai.djl}. Start
 * with {@link org.vidvec.engine.TorchEngine}, then {@link org.vidvec.engine.TorchModule}.
 */
package org.vidvec.engine;
