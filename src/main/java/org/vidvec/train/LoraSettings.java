package org.vidvec.train;

/**
 * What LoRA learns (Hu et al. 2021).
 *
 * @param rank of the two matrices
 * @param alpha over the rank it is the factor of their product
 * @param targets the layers that get them
 */
public record LoraSettings(int rank, double alpha, LoraTargets targets) {

    /**
     * @throws IllegalArgumentException if the rank is not positive
     */
    public LoraSettings {
        if (rank < 1) {
            throw new IllegalArgumentException("[rank] must be at least [1], not [" + rank + "]");
        }
    }

    /** By how much the product of the matrices is multiplied. */
    double scale() {
        return alpha / rank;
    }
}
