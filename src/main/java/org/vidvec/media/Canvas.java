package org.vidvec.media;

import java.util.Arrays;

/** A picture that others are drawn on, as browsers and libwebp do: it begins transparent. */
final class Canvas {

    private final int width;
    private final byte[] rgba;

    Canvas(int width, int height) {
        this.width = width;
        this.rgba = new byte[4 * width * height];
    }

    /**
     * Draws a picture over what is there.
     *
     * @param picture [part height, part width, 4], alpha not multiplied in
     * @param part where; lies on the canvas
     */
    void draw(byte[] picture, WebpAnimation.Part part) {
        for (int y = 0; y < part.height(); y++) {
            int from = 4 * y * part.width();
            int to = at(part, y);
            if (!part.blends()) {
                System.arraycopy(picture, from, rgba, to, 4 * part.width());
                continue;
            }
            for (int i = 0; i < 4 * part.width(); i += 4) {
                blend(picture, from + i, to + i);
            }
        }
    }

    /** The Porter-Duff "over" (RFC 9649, section 2.7.1.1), for colours without alpha in them. */
    private void blend(byte[] picture, int from, int to) {
        int alpha = picture[from + 3] & 255;
        int below = (rgba[to + 3] & 255) * (255 - alpha) / 255;
        int sum = alpha + below;
        for (int c = 0; c < 3 && alpha > 0; c++) {
            int colour = (picture[from + c] & 255) * alpha + (rgba[to + c] & 255) * below;
            rgba[to + c] = (byte) (colour / sum);
        }
        rgba[to + 3] = (byte) sum;
    }

    /** Makes the place of a picture transparent again. */
    void clear(WebpAnimation.Part part) {
        for (int y = 0; y < part.height(); y++) {
            int from = at(part, y);
            Arrays.fill(rgba, from, from + 4 * part.width(), (byte) 0);
        }
    }

    /** Whether no place is transparent. */
    boolean opaque() {
        for (int i = 3; i < rgba.length; i += 4) {
            if (rgba[i] != -1) {
                return false;
            }
        }
        return true;
    }

    private int at(WebpAnimation.Part part, int row) {
        return 4 * ((part.y() + row) * width + part.x());
    }

    /**
     * @return [height, width, 3], alpha dropped
     */
    byte[] rgb() {
        byte[] rgb = new byte[rgba.length / 4 * 3];
        for (int i = 0; i < rgba.length / 4; i++) {
            rgb[3 * i] = rgba[4 * i];
            rgb[3 * i + 1] = rgba[4 * i + 1];
            rgb[3 * i + 2] = rgba[4 * i + 2];
        }
        return rgb;
    }
}
