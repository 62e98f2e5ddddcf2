package org.vidvec.world;

/**
 * What is behind the figures.
 *
 * @param paint its colour
 * @param pattern lines or squares on it, in a near shade
 */
public record Background(Paint paint, Pattern pattern) {

    /** A dark colour that every {@link Colour} stands out from. */
    public enum Paint {
        BLACK(0x0a0a0a),
        GREY(0x606060),
        BROWN(0x643f20),
        NAVY(0x0f1450);

        private final int rgb;

        Paint(int rgb) {
            this.rgb = rgb;
        }

        /**
         * @return 0xRRGGBB
         */
        int rgb() {
            return rgb;
        }
    }

    /** What is on the paint. */
    public enum Pattern {
        PLAIN,
        GRID,
        CHECKED
    }
}
