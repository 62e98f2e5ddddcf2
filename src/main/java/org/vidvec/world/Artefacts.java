package org.vidvec.world;

/**
 * What a camera and a codec do to a picture.
 *
 * @param noise standard deviation of each byte, 0..255
 * @param brightness added to every byte
 * @param blocks how much each block of 8x8 pixels is pulled to its mean, of 256
 */
record Artefacts(int noise, int brightness, int blocks) {

    private static final int MOST_NOISE = 8;
    private static final int MOST_BRIGHTNESS = 10;
    private static final int MOST_BLOCKS = 72;
    private static final int BLOCK = 8;

    private static final int TABLE_BITS = 12;
    private static final int TABLE_MASK = (1 << TABLE_BITS) - 1;

    /** Normal numbers with deviation 256: sums of uniform ones, the same on every machine. */
    private static final short[] NORMAL = normal();

    static Artefacts of(Dice dice) {
        return new Artefacts(
                dice.below(MOST_NOISE + 1),
                dice.below(2 * MOST_BRIGHTNESS + 1) - MOST_BRIGHTNESS,
                dice.chance(0.5) ? 0 : dice.below(MOST_BLOCKS + 1));
    }

    private static short[] normal() {
        Dice dice = new Dice(1);
        short[] table = new short[1 << TABLE_BITS];
        for (int i = 0; i < table.length; i++) {
            double sum = 0;
            for (int k = 0; k < 12; k++) {
                sum += dice.between(-0.5, 0.5);
            }
            table[i] = (short) Math.rint(256 * sum);
        }
        return table;
    }

    /**
     * @param rgb holds the frame at {@code offset}
     * @param dice other ones for each frame
     */
    void apply(byte[] rgb, int offset, FrameSize size, Dice dice) {
        if (blocks > 0) {
            for (int y = 0; y < size.height(); y += BLOCK) {
                for (int x = 0; x < size.width(); x += BLOCK) {
                    flatten(rgb, offset, size, x, y);
                }
            }
        }
        int end = offset + size.bytes();
        for (int i = offset; i < end; ) {
            long bits = dice.next();
            // five numbers of 12 bits in one throw
            for (int k = 0; k < 5 && i < end; k++, i++, bits >>>= TABLE_BITS) {
                int value = (rgb[i] & 255) + brightness;
                value += NORMAL[(int) bits & TABLE_MASK] * noise + 128 >> 8;
                rgb[i] = (byte) Math.max(0, Math.min(255, value));
            }
        }
    }

    private void flatten(byte[] rgb, int offset, FrameSize size, int left, int top) {
        int right = Math.min(size.width(), left + BLOCK);
        int bottom = Math.min(size.height(), top + BLOCK);
        int n = (right - left) * (bottom - top);
        for (int channel = 0; channel < 3; channel++) {
            int sum = 0;
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    sum += rgb[offset + 3 * (y * size.width() + x) + channel] & 255;
                }
            }
            int mean = sum / n;
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    int at = offset + 3 * (y * size.width() + x) + channel;
                    int value = rgb[at] & 255;
                    rgb[at] = (byte) (value + ((mean - value) * blocks >> 8));
                }
            }
        }
    }
}
