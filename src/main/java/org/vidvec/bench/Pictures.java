package org.vidvec.bench;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.media.Frame;

/** Pictures that any program can make alike. */
final class Pictures {

    private Pictures() {}

    /** Frames, two per second; each channel of a pixel is a formula of its place and time. */
    static List<Frame> video(int frames, int width, int height) {
        List<Frame> video = new ArrayList<>();
        for (int t = 0; t < frames; t++) {
            video.add(new Frame(t / 2.0, width, height, rgb(t, width, height)));
        }
        return video;
    }

    private static byte[] rgb(int t, int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        int i = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < 3; c++) {
                    rgb[i++] = (byte) (7 * x + 13 * y + 29 * t + 53 * c + ((x * y) & 63));
                }
            }
        }
        return rgb;
    }
}
