package org.vidvec.media;

/**
 * How a stored picture has to be turned to stand upright, as a camera notes it.
 *
 * @param xx upright x per stored x: -1, 0 or 1
 * @param xy upright x per stored y
 * @param yx upright y per stored x
 * @param yy upright y per stored y
 */
record Orientation(int xx, int xy, int yx, int yy) {

    static final Orientation UPRIGHT = new Orientation(1, 0, 0, 1);

    /**
     * @param matrix FFmpeg's display matrix (libavutil/display.h): a b u c d v x y w, where upright
     *     x = a x + c y and upright y = b x + d y; quarter turns and mirrors only, any other is
     *     left as it is
     */
    static Orientation of(int[] matrix) {
        int xx = Integer.signum(matrix[0]);
        int yx = Integer.signum(matrix[1]);
        int xy = Integer.signum(matrix[3]);
        int yy = Integer.signum(matrix[4]);
        boolean straight = xx != 0 && yy != 0 && xy == 0 && yx == 0;
        boolean turned = xx == 0 && yy == 0 && xy != 0 && yx != 0;
        return straight || turned ? new Orientation(xx, xy, yx, yy) : UPRIGHT;
    }

    /** A quarter turn against the clock more. */
    Orientation turned() {
        return new Orientation(yx, yy, -xx, -xy);
    }

    /** Then left and right exchanged. */
    Orientation mirrored() {
        return new Orientation(-xx, -xy, yx, yy);
    }

    /** Then top and bottom exchanged. */
    Orientation flipped() {
        return new Orientation(xx, xy, -yx, -yy);
    }

    /** Whether width and height change places. */
    boolean swapsSides() {
        return xx == 0;
    }

    /**
     * @param rgb [height, width, 3]
     * @return the same pixels upright, [width, height, 3] if the sides are swapped
     */
    byte[] upright(byte[] rgb, int width, int height) {
        if (equals(UPRIGHT)) {
            return rgb;
        }
        byte[] out = new byte[rgb.length];
        int outWidth = swapsSides() ? height : width;
        // a negative direction starts at the far side
        int x0 = xx + xy < 0 ? outWidth - 1 : 0;
        int y0 = yx + yy < 0 ? (swapsSides() ? width : height) - 1 : 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int to = (y0 + yx * x + yy * y) * outWidth + x0 + xx * x + xy * y;
                int from = y * width + x;
                out[3 * to] = rgb[3 * from];
                out[3 * to + 1] = rgb[3 * from + 1];
                out[3 * to + 2] = rgb[3 * from + 2];
            }
        }
        return out;
    }
}
