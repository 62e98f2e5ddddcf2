/**
 * The model families, one small file per concern: config, prompt and processor, weight names,
 * network. No family knows another.
 *
 * <p>May import {@code backbone}, {@code prompt}, {@code engine}, {@code resize} and {@code media}.
 * Start with {@link org.vidvec.family.Qwen2VlConfig}.
 */
package org.vidvec.family;
