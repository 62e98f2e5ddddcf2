package org.vidvec.world;

/** The colour of a {@link Figure} or of ink; none is near another or near a background's. */
public enum Colour {
    RED(0xdc2828),
    ORANGE(0xf58c1e),
    YELLOW(0xf0dc32),
    GREEN(0x28b43c),
    CYAN(0x3cd2dc),
    BLUE(0x325ae6),
    PURPLE(0x963cc8),
    PINK(0xff9bc8),
    WHITE(0xf5f5f5);

    private final int rgb;

    Colour(int rgb) {
        this.rgb = rgb;
    }

    /**
     * @return 0xRRGGBB
     */
    int rgb() {
        return rgb;
    }
}
