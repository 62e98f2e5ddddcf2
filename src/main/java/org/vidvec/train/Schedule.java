package org.vidvec.train;

/**
 * The learning rate of each step: it rises in a line from zero, then falls to its end.
 *
 * @param shape of the fall
 * @param rate after the rise
 * @param warmup steps of the rise
 * @param end part of the rate that is left after the fall
 * @param fall step at which the fall ends; the rate stays where it is from there on
 * @param steps of the run
 */
public record Schedule(Shape shape, double rate, int warmup, double end, int fall, int steps) {

    /** How a rate falls. */
    public enum Shape {
        /** Not at all. */
        CONSTANT,
        /** In a line. */
        LINEAR,
        /** In half a wave of the cosine. */
        COSINE
    }

    /**
     * @param step from 1
     */
    public double rate(int step) {
        if (step <= warmup) {
            return rate * step / warmup;
        }
        double done = Math.min(1, (double) (step - warmup - 1) / Math.max(1, fall - warmup));
        double left =
                switch (shape) {
                    case CONSTANT -> 1;
                    case LINEAR -> end + (1 - end) * (1 - done);
                    case COSINE -> end + (1 - end) * (1 + Math.cos(Math.PI * done)) / 2;
                };
        return rate * left;
    }
}
