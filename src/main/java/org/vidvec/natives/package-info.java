/**
 * Where the native libraries lie, and that they are the ones that were packed.
 *
 * <p>A leaf beside {@code engine} and {@code media}, which both load natives and must not know each
 * other; imports nothing of ours. Start with {@link org.vidvec.natives.NativeLibraries}.
 */
package org.vidvec.natives;
