package org.vidvec.train;

/** How gradients become steps. */
public sealed interface StepRule {

    /**
     * AdamW (Loshchilov and Hutter 2019), as torch.optim has it.
     *
     * @param beta1 of the first moment
     * @param beta2 of the second moment
     * @param epsilon added to the root of the second moment
     * @param weightDecay decoupled, times the rate
     */
    record AdamW(double beta1, double beta2, double epsilon, double weightDecay)
            implements StepRule {}

    /**
     * Lion (Chen et al. 2023).
     *
     * @param beta1 of the direction of a step
     * @param beta2 of the momentum
     * @param weightDecay decoupled, times the rate
     */
    record Lion(double beta1, double beta2, double weightDecay) implements StepRule {}

    /**
     * Muon (Jordan et al. 2024) for the matrices of layers, AdamW for all else.
     *
     * @param momentum of the matrices' direction
     * @param others embeddings, norms, biases and convolutions; its decay is that of the matrices
     */
    record Muon(double momentum, AdamW others) implements StepRule {}
}
