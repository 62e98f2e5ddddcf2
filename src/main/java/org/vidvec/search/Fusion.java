package org.vidvec.search;

import java.util.List;
import java.util.Locale;
import org.vidvec.words.OneOf;

/** How several items become one vector. */
enum Fusion {
    /** The model reads all of them in one pass. */
    JOINT,
    /** Each alone, multiplied by its weight, summed, and brought to norm 1. */
    WEIGHTED;

    /**
     * Reads the word of the JSON.
     *
     * @throws IllegalArgumentException if there is no such fusion; names those there are
     */
    static Fusion fromString(String word) {
        return OneOf.read("fusion", word, values());
    }

    /**
     * The weighted sum, of norm 1.
     *
     * @param vectors [items, dims]
     * @param weights as many; negative ones lead away from an item
     * @throws IllegalArgumentException if nothing is left
     */
    static float[] sum(List<float[]> vectors, List<Float> weights) {
        double[] sum = new double[vectors.get(0).length];
        for (int item = 0; item < vectors.size(); item++) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += (double) weights.get(item) * vectors.get(item)[i];
            }
        }
        double square = 0;
        for (double value : sum) {
            square += value * value;
        }
        if (square < 1e-12) {
            throw new IllegalArgumentException(
                    "the items of [input] with their [weight]s cancel each other out; change a"
                            + " [weight]");
        }
        float[] unit = new float[sum.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (sum[i] / Math.sqrt(square));
        }
        return unit;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
