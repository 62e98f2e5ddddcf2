package org.vidvec.media;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/**
 * RGB as JPEG stores it (JFIF 1.02: BT.601, full range) with half the colour resolution. In Java,
 * as FFmpeg's scaler rounds colours down and so tints a picture by a level.
 *
 * @param width of the brightness in pixels, even
 * @param y [height, width]
 * @param cb [height / 2, width / 2]
 * @param cr [height / 2, width / 2]
 */
record JfifPlanes(int width, byte[] y, byte[] cb, byte[] cr) {

    // 16.16; each row sums up to 1 or 0
    private static final int[] Y = {19595, 38470, 7471};
    private static final int[] CB = {-11059, -21709, 32768};
    private static final int[] CR = {32768, -27439, -5329};

    /**
     * @param rgb [height, width, 3], both even
     */
    static JfifPlanes of(byte[] rgb, int width, int height) {
        byte[] y = new byte[width * height];
        for (int i = 0; i < y.length; i++) {
            y[i] =
                    clip(
                            dot(Y, rgb[3 * i] & 255, rgb[3 * i + 1] & 255, rgb[3 * i + 2] & 255),
                            16,
                            0);
        }
        byte[] cb = new byte[width * height / 4];
        byte[] cr = new byte[width * height / 4];
        for (int i = 0; i < cb.length; i++) {
            int at = 3 * (i / (width / 2) * 2 * width + i % (width / 2) * 2);
            int r = square(rgb, at, width);
            int g = square(rgb, at + 1, width);
            int b = square(rgb, at + 2, width);
            // sums of four pixels: two bits more
            cb[i] = clip(dot(CB, r, g, b), 18, 128);
            cr[i] = clip(dot(CR, r, g, b), 18, 128);
        }
        return new JfifPlanes(width, y, cb, cr);
    }

    private static int square(byte[] rgb, int at, int width) {
        int below = at + 3 * width;
        return (rgb[at] & 255) + (rgb[at + 3] & 255) + (rgb[below] & 255) + (rgb[below + 3] & 255);
    }

    private static int dot(int[] row, int r, int g, int b) {
        return row[0] * r + row[1] * g + row[2] * b;
    }

    private static byte clip(int value, int bits, int offset) {
        int rounded = (value + (1 << bits - 1) >> bits) + offset;
        return (byte) Math.max(0, Math.min(255, rounded));
    }

    /**
     * @param frame of the same size with three planes
     */
    void copyTo(AVFrame frame) {
        copy(y, width, frame.data(0), frame.linesize(0));
        copy(cb, width / 2, frame.data(1), frame.linesize(1));
        copy(cr, width / 2, frame.data(2), frame.linesize(2));
    }

    private static void copy(byte[] plane, int width, BytePointer target, int stride) {
        for (int row = 0; row * width < plane.length; row++) {
            target.position((long) row * stride).put(plane, row * width, width);
        }
    }
}
