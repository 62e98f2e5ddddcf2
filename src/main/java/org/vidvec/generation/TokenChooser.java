package org.vidvec.generation;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Chooses the next token from the head's logits. Used by one thread. */
final class TokenChooser {

    private final double temperature;
    private final double topP;
    private final SplittableRandom random;

    /**
     * @param sequence place in the batch, which draws on its own
     */
    TokenChooser(GenerationOptions options, int sequence) {
        this.temperature = options.temperature();
        this.topP = options.topP();
        this.random = new SplittableRandom(options.seed() + sequence);
    }

    /**
     * The most likely token, or one of the nucleus; the first of equals.
     *
     * @param logits finite
     */
    int choose(float[] logits) {
        int best = best(logits);
        return temperature == 0 ? best : draw(logits, logits[best]);
    }

    /** How far the largest is above the second. */
    static float margin(float[] logits) {
        int best = best(logits);
        float second = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < logits.length; i++) {
            if (i != best) {
                second = Math.max(second, logits[i]);
            }
        }
        return logits[best] - second;
    }

    private static int best(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            if (logits[i] > logits[best]) {
                best = i;
            }
        }
        return best;
    }

    private int draw(float[] logits, float largest) {
        double[] mass = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < mass.length; i++) {
            mass[i] = Math.exp((logits[i] - largest) / temperature);
            sum += mass[i];
        }
        int[] likely = likelyFirst(mass);
        int size = 0;
        double nucleus = 0;
        while (size < likely.length && (size == 0 || nucleus < topP * sum)) {
            nucleus += mass[likely[size++]];
        }
        double left = random.nextDouble() * nucleus;
        for (int i = 0; i < size; i++) {
            left -= mass[likely[i]];
            if (left < 0) {
                return likely[i];
            }
        }
        // rounding ate the rest
        return likely[size - 1];
    }

    // the bits of floats from 0 on have the order of the floats: one sort without objects
    private static int[] likelyFirst(double[] mass) {
        long[] keys = new long[mass.length];
        for (int i = 0; i < keys.length; i++) {
            long order = Integer.MAX_VALUE - Float.floatToIntBits((float) mass[i]);
            keys[i] = order << 32 | i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }
}
