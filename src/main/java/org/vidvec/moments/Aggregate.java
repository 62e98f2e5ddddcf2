package org.vidvec.moments;

import java.util.List;
import java.util.Locale;
import org.vidvec.words.OneOf;

/** How the vectors of a long video's windows become one (VLM2Vec-V2's authors: long videos). */
public enum Aggregate {
    /** The largest value of each dimension. */
    MAX {
        @Override
        double merge(double sofar, double next) {
            return Math.max(sofar, next);
        }
    },
    /** The mean of each dimension. */
    CENTROID {
        @Override
        double merge(double sofar, double next) {
            return sofar + next;
        }
    };

    abstract double merge(double sofar, double next);

    /**
     * One vector of norm 1.
     *
     * @param vectors [windows, dims], at least one
     * @throws IllegalArgumentException if they cancel each other out
     */
    public float[] of(List<float[]> vectors) {
        int dims = vectors.get(0).length;
        double[] merged = new double[dims];
        double square = 0;
        for (int i = 0; i < dims; i++) {
            merged[i] = vectors.get(0)[i];
            for (float[] vector : vectors.subList(1, vectors.size())) {
                merged[i] = merge(merged[i], vector[i]);
            }
            square += merged[i] * merged[i];
        }
        if (square < 1e-24) {
            throw new IllegalArgumentException(
                    "the vectors of the windows cancel each other out; choose another [aggregate]");
        }
        float[] unit = new float[dims];
        for (int i = 0; i < dims; i++) {
            unit[i] = (float) (merged[i] / Math.sqrt(square));
        }
        return unit;
    }

    /**
     * Reads the word of requests.
     *
     * @throws IllegalArgumentException if there is no such way; names those there are
     */
    public static Aggregate fromString(String word) {
        return OneOf.read("aggregate", word, values());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
