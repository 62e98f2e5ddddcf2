package org.vidvec.world;

/**
 * One thing that is seen.
 *
 * @param size {@link Size#CHANGING} if and only if it grows or shrinks
 */
public record Figure(Shape shape, Colour colour, Size size, Texture texture, Motion motion) {

    /**
     * @throws IllegalArgumentException if nobody could see that it is so
     */
    public Figure {
        if ((size == Size.CHANGING) != motion.changesSize()) {
            throw new IllegalArgumentException("size [" + size + "] with motion [" + motion + "]");
        }
        if (texture != Texture.PLAIN && size != Size.LARGE) {
            throw new IllegalArgumentException(
                    "in 84 pixels nobody sees a texture of size [" + size + "]");
        }
        if (spinsUnseen(shape, texture, motion)) {
            throw new IllegalArgumentException("nobody sees a plain [" + shape + "] spin");
        }
    }

    /** A round figure that spins needs stripes to show it. */
    static boolean spinsUnseen(Shape shape, Texture texture, Motion motion) {
        return motion == Motion.SPIN && shape.round() && texture != Texture.STRIPED;
    }

    /** Whether shape and colour are the same, so that a caption would confuse the two. */
    boolean looksLike(Figure other) {
        return shape == other.shape && colour == other.colour;
    }

    /** All that is true of it, in one fixed form. */
    String canonical() {
        return (size + " " + texture + " " + colour + " " + shape + " " + motion);
    }
}
