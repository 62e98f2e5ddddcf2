package org.vidvec.media;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds hard cuts among the differences of neighbouring frames: a cut is the largest difference of
 * its surroundings (Yeo and Liu, Rapid Scene Analysis on Compressed Video, 1995), several times
 * their mean, so that the threshold follows the motion of the scene. Fades and dissolves are no
 * cuts.
 */
final class ShotDetector {

    // frames on either side
    private static final int SURROUNDINGS = 5;

    // times the mean of the surroundings; hand-held motion stays below 3, cuts lie above
    private static final double RATIO = 3;

    // mean of the absolute differences of R, G and B, 0 to 255: an eighth of the range
    private static final double LEAST = 32;

    private double[] differences = new double[1024];
    private int size;

    /**
     * Adds the next frame.
     *
     * @param difference to the frame before, 0 to 255; anything for the first
     */
    void add(double difference) {
        if (size == differences.length) {
            differences = Arrays.copyOf(differences, 2 * size);
        }
        differences[size++] = difference;
    }

    /** First frame of each shot but the first, ascending. */
    int[] cuts() {
        return IntStream.range(1, size).filter(this::isCut).toArray();
    }

    /** Whether no later frame changes what {@link #isCut} says of this one. */
    boolean knows(int frame) {
        return frame + SURROUNDINGS < size;
    }

    /** Whether a shot begins with this frame, as far as its surroundings have come. */
    boolean isCut(int frame) {
        double here = differences[frame];
        double sum = 0;
        int from = Math.max(1, frame - SURROUNDINGS);
        int to = Math.min(size - 1, frame + SURROUNDINGS);
        for (int i = from; i <= to; i++) {
            if (differences[i] > here) {
                return false;
            }
            sum += i == frame ? 0 : differences[i];
        }
        return here >= LEAST && here * (to - from) >= RATIO * sum;
    }
}
