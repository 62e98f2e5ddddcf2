package org.vidvec.world;

/**
 * What a text says of one figure; what is null is not said.
 *
 * @param size never {@link Size#CHANGING}
 */
public record Claim(Size size, Texture texture, Colour colour, Shape shape, Motion motion) {

    /** Of what it does, and nothing else. */
    static Claim of(Motion motion) {
        return new Claim(null, null, null, null, motion);
    }

    /** Whether all that is said is exactly so. */
    boolean holds(Figure figure) {
        return (size == null || size == figure.size())
                && (texture == null || texture == figure.texture())
                && (colour == null || colour == figure.colour())
                && (shape == null || shape == figure.shape())
                && (motion == null || motion == figure.motion());
    }

    /** Whether somebody might say so, who is not exact. */
    boolean admitted(Figure figure) {
        return (size == null || figure.size().admits(size))
                && (texture == null || texture == figure.texture())
                && (colour == null || colour == figure.colour())
                && (shape == null || shape == figure.shape())
                && (motion == null || figure.motion().admits(motion));
    }

    Claim withSize(Size other) {
        return new Claim(other, texture, colour, shape, motion);
    }

    Claim withTexture(Texture other) {
        return new Claim(size, other, colour, shape, motion);
    }

    Claim withColour(Colour other) {
        return new Claim(size, texture, other, shape, motion);
    }

    Claim withShape(Shape other) {
        return new Claim(size, texture, colour, other, motion);
    }

    Claim withMotion(Motion other) {
        return new Claim(size, texture, colour, shape, other);
    }
}
