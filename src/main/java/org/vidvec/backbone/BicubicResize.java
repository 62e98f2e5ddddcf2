package org.vidvec.backbone;

import java.util.Arrays;
import org.vidvec.media.Frame;

/**
 * Antialiased bicubic resize in integers, equal in every byte to torchvision's on uint8, which
 * Hugging Face's processors use: horizontal pass, then vertical, uint8 in between; a pass is
 * skipped where the length does not change.
 */
public final class BicubicResize {

    private BicubicResize() {}

    /** The frame at another size, at the same time, as torchvision does it. */
    public static Frame resize(Frame frame, ImageSize size) {
        return resize(frame, size, ResizeRule.TORCHVISION);
    }

    /** The same by another rule. */
    public static Frame resize(Frame frame, ImageSize size, ResizeRule rule) {
        byte[] rgb = frame.rgb();
        if (size.width() != frame.width()) {
            rgb =
                    horizontal(
                            rgb,
                            frame.height(),
                            ResizeWeights.bicubic(frame.width(), size.width(), rule),
                            frame.width(),
                            size.width());
        }
        if (size.height() != frame.height()) {
            rgb =
                    vertical(
                            rgb,
                            ResizeWeights.bicubic(frame.height(), size.height(), rule),
                            size.height(),
                            size.width());
        }
        return new Frame(frame.timeSeconds(), size.width(), size.height(), rgb);
    }

    /** [height, in, 3] to [height, out, 3]. */
    private static byte[] horizontal(
            byte[] source, int height, ResizeWeights pass, int in, int out) {
        int precision = pass.precision();
        int half = 1 << (precision - 1);
        byte[] target = new byte[Math.multiplyExact(Math.multiplyExact(height, out), 3)];
        int at = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < out; x++) {
                int[] weights = pass.weights()[x];
                int from = (y * in + pass.starts()[x]) * 3;
                int red = half;
                int green = half;
                int blue = half;
                for (int weight : weights) {
                    red += (source[from++] & 0xff) * weight;
                    green += (source[from++] & 0xff) * weight;
                    blue += (source[from++] & 0xff) * weight;
                }
                target[at++] = clamp(red >> precision);
                target[at++] = clamp(green >> precision);
                target[at++] = clamp(blue >> precision);
            }
        }
        return target;
    }

    /** [in, width, 3] to [out, width, 3]. */
    private static byte[] vertical(byte[] source, ResizeWeights pass, int out, int width) {
        int precision = pass.precision();
        int row = width * 3;
        byte[] target = new byte[Math.multiplyExact(out, row)];
        int[] sums = new int[row];
        for (int y = 0; y < out; y++) {
            Arrays.fill(sums, 1 << (precision - 1));
            int from = pass.starts()[y] * row;
            for (int weight : pass.weights()[y]) {
                for (int x = 0; x < row; x++) {
                    sums[x] += (source[from + x] & 0xff) * weight;
                }
                from += row;
            }
            for (int x = 0; x < row; x++) {
                target[y * row + x] = clamp(sums[x] >> precision);
            }
        }
        return target;
    }

    private static byte clamp(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }
}
