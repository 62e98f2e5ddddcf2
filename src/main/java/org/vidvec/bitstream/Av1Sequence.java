package org.vidvec.bitstream;

/**
 * The fields of an AV1 sequence header that say where the refresh flags of a frame stand (AV1
 * specification, 5.5.1).
 *
 * @param simple false if frames have fields that are not followed here
 * @param screenTools {@code seq_force_screen_content_tools}
 * @param integerVectors {@code seq_force_integer_mv}
 * @param orderBits {@code OrderHintBits}
 */
record Av1Sequence(boolean simple, int screenTools, int integerVectors, int orderBits) {

    static final int SELECT = 2;

    private static final Av1Sequence OTHER = new Av1Sequence(false, 0, 0, 0);

    static Av1Sequence read(Bits bits) {
        bits.skip(3 + 1);
        boolean still = bits.flag();
        if (still || bits.flag() && decoderModel(bits)) {
            return OTHER;
        }
        operatingPoints(bits);
        int widthBits = bits.read(4) + 1;
        int heightBits = bits.read(4) + 1;
        bits.skip(widthBits + heightBits);
        boolean frameIds = bits.flag();
        // superblocks, two filters, four tools
        bits.skip(1 + 2 + 4);
        boolean order = bits.flag();
        bits.skip(order ? 2 : 0);
        int screenTools = bits.flag() ? SELECT : bits.read(1);
        int integerVectors = screenTools == 0 || bits.flag() ? SELECT : bits.read(1);
        int orderBits = order ? bits.read(3) + 1 : 0;
        return frameIds ? OTHER : new Av1Sequence(true, screenTools, integerVectors, orderBits);
    }

    /** {@code timing_info}; whether a decoder model follows it. */
    static boolean decoderModel(Bits bits) {
        bits.skip(32 + 32);
        if (bits.flag()) {
            int zeros = 0;
            while (zeros < 32 && !bits.flag()) {
                zeros++;
            }
            bits.skip(zeros);
        }
        return bits.flag();
    }

    private static void operatingPoints(Bits bits) {
        boolean delays = bits.flag();
        int points = bits.read(5) + 1;
        for (int i = 0; i < points; i++) {
            bits.skip(12);
            bits.skip(bits.read(5) > 7 ? 1 : 0);
            bits.skip(delays && bits.flag() ? 4 : 0);
        }
    }
}
