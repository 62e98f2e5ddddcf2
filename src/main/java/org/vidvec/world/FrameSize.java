package org.vidvec.world;

/**
 * Size of a picture in pixels.
 *
 * @param width at least {@link #LEAST}
 * @param height at least {@link #LEAST}
 */
public record FrameSize(int width, int height) {

    /** Below this nothing can be told apart. */
    public static final int LEAST = 16;

    /** Above this a frame of the world shows nothing more. */
    public static final int MOST = 2048;

    /**
     * @throws IllegalArgumentException if it is too small or too large
     */
    public FrameSize {
        if (Math.min(width, height) < LEAST || Math.max(width, height) > MOST) {
            throw new IllegalArgumentException(
                    "size ["
                            + width
                            + "x"
                            + height
                            + "] must be between ["
                            + LEAST
                            + "] and ["
                            + MOST
                            + "] pixels each way");
        }
    }

    int shorter() {
        return Math.min(width, height);
    }

    int bytes() {
        return 3 * width * height;
    }
}
