package org.vidvec.resize;

import java.util.Arrays;
import org.vidvec.media.Frame;

/**
 * Antialiased resize in integers, equal in every byte to torchvision's or Pillow's on uint8, which
 * Hugging Face's processors use: horizontal pass, then vertical, uint8 in between; a pass is
 * skipped where the length does not change.
 */
public final class PictureResize {

    private PictureResize() {}

    /** The frame at another size, at the same time, bicubic as torchvision does it. */
    public static Frame resize(Frame frame, ImageSize size) {
        return resize(frame, size, ResizeKernel.BICUBIC, ResizeRule.TORCHVISION);
    }

    /** The same with another kernel or by another rule. */
    public static Frame resize(Frame frame, ImageSize size, ResizeKernel kernel, ResizeRule rule) {
        byte[] rgb = frame.rgb();
        if (size.width() != frame.width()) {
            ResizeTaps taps = ResizeTaps.of(frame.width(), size.width(), kernel);
            ResizeWeights pass = ResizeWeights.of(taps, rule);
            rgb = horizontal(rgb, frame.height(), pass, frame.width(), size.width());
        }
        if (size.height() != frame.height()) {
            ResizeTaps taps = ResizeTaps.of(frame.height(), size.height(), kernel);
            rgb = vertical(rgb, ResizeWeights.of(taps, rule), size.height(), size.width());
        }
        return new Frame(frame.timeSeconds(), size.width(), size.height(), rgb);
    }

    /**
     * The same with nothing rounded or cut off on the way, as torchvision does it with floats.
     *
     * @return [height, width, 3] around 0..255
     */
    public static float[] resizeToFloats(Frame frame, ImageSize size, ResizeKernel kernel) {
        double[] rows = new double[frame.rgb().length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = frame.rgb()[i] & 0xff;
        }
        ResizeTaps across = ResizeTaps.inFloat32(frame.width(), size.width(), kernel);
        rows = pass(rows, across, frame.height(), frame.width(), 3);
        ResizeTaps down = ResizeTaps.inFloat32(frame.height(), size.height(), kernel);
        rows = pass(rows, down, 1, frame.height(), size.width() * 3);
        float[] values = new float[rows.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rows[i];
        }
        return values;
    }

    /** [outer, in, inner] to [outer, out, inner]. */
    private static double[] pass(double[] source, ResizeTaps taps, int outer, int in, int inner) {
        int out = taps.starts().length;
        double[] target = new double[outer * out * inner];
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < out; i++) {
                int from = (o * in + taps.starts()[i]) * inner;
                int to = (o * out + i) * inner;
                for (double weight : taps.weights()[i]) {
                    for (int x = 0; x < inner; x++) {
                        target[to + x] += source[from + x] * weight;
                    }
                    from += inner;
                }
            }
        }
        return target;
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
