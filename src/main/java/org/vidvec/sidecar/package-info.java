/**
 * The decoder in a process of its own, so that a fault in native code ends that process and not a
 * node. {@link org.vidvec.sidecar.DecoderServer} decodes what {@link
 * org.vidvec.sidecar.SidecarBackend} asks for over a Unix socket; the bytes of a file stay with who
 * asks, and are handed over range by range.
 *
 * <p>May import {@code media} and {@code natives}.
 */
package org.vidvec.sidecar;
