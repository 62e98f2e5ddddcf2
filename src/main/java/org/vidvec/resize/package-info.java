/**
 * Pictures to other sizes: which size a model wants, and the bytes of a picture at it, by the
 * integer rules of torchvision and Pillow.
 *
 * <p>May import {@code media}. Start with {@link org.vidvec.resize.PictureResize}.
 */
package org.vidvec.resize;
