package org.vidvec.media;

import java.util.function.DoubleUnaryOperator;

/**
 * A function of positive numbers by their leading bits: 1024 steps from each power of two to the
 * next, so that the relative error of the argument is below 1/2048. Quicker than a power or a root.
 */
final class FloatTable {

    private static final int MANTISSA_BITS = 10;
    private static final int SHIFT = 23 - MANTISSA_BITS;

    private final int first;
    private final float[] values;

    /**
     * @param from a power of two; smaller arguments count as this one
     * @param to a power of two; larger arguments count as just below this one
     */
    FloatTable(float from, float to, DoubleUnaryOperator function) {
        first = Float.floatToRawIntBits(from) >> SHIFT;
        values = new float[(Float.floatToRawIntBits(to) >> SHIFT) - first];
        for (int i = 0; i < values.length; i++) {
            float low = Float.intBitsToFloat(first + i << SHIFT);
            float high = Float.intBitsToFloat(first + i + 1 << SHIFT);
            values[i] = (float) function.applyAsDouble((low + high) / 2);
        }
    }

    float at(float x) {
        int i = (Float.floatToRawIntBits(x) >> SHIFT) - first;
        return values[Math.max(0, Math.min(values.length - 1, i))];
    }
}
