package org.vidvec.charts;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Groups points by their nearest centre (Lloyd 1982, started as k-means++). */
public final class KMeans {

    private static final int STARTS = 10;
    private static final int ROUNDS = 300;

    private final float[][] points;
    private final int k;
    private final int[] groups;
    private double[][] centres;
    private double spread;

    private KMeans(float[][] points, int k, SplittableRandom random) {
        this.points = points;
        this.k = k;
        this.groups = new int[points.length];
        this.centres = start(random);
        run();
    }

    /**
     * The tightest of ten groupings.
     *
     * @param points [n][dims]
     * @param k groups; made less where there are fewer points
     * @return the group of each point, 0..k-1
     */
    public static int[] groups(float[][] points, int k, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        KMeans best = null;
        for (int i = 0; i < STARTS; i++) {
            KMeans next = new KMeans(points, Math.min(k, points.length), random);
            best = best == null || next.spread < best.spread ? next : best;
        }
        return best.groups;
    }

    private double[][] start(SplittableRandom random) {
        double[][] chosen = new double[k][];
        double[] far = new double[points.length];
        Arrays.fill(far, Double.POSITIVE_INFINITY);
        int next = random.nextInt(points.length);
        for (int c = 0; c < k; c++) {
            chosen[c] = doubles(points[next]);
            double all = 0;
            for (int i = 0; i < far.length; i++) {
                far[i] = Math.min(far[i], distance(points[i], chosen[c]));
                all += far[i];
            }
            double drawn = random.nextDouble() * all;
            next = 0;
            while (next < far.length - 1 && drawn >= far[next]) {
                drawn -= far[next++];
            }
        }
        return chosen;
    }

    private void run() {
        for (int round = 0; round < ROUNDS; round++) {
            boolean changed = assign();
            if (changed == false && round > 0) {
                return;
            }
            centres = means();
        }
    }

    private boolean assign() {
        boolean changed = false;
        spread = 0;
        for (int i = 0; i < points.length; i++) {
            int nearest = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int c = 0; c < k; c++) {
                double distance = distance(points[i], centres[c]);
                if (distance < least) {
                    least = distance;
                    nearest = c;
                }
            }
            changed |= groups[i] != nearest;
            groups[i] = nearest;
            spread += least;
        }
        return changed;
    }

    private double[][] means() {
        double[][] means = new double[k][points[0].length];
        int[] sizes = new int[k];
        for (int i = 0; i < points.length; i++) {
            sizes[groups[i]]++;
            for (int d = 0; d < points[i].length; d++) {
                means[groups[i]][d] += points[i][d];
            }
        }
        for (int c = 0; c < k; c++) {
            for (int d = 0; d < means[c].length; d++) {
                // a group that lost all its points stays where it was
                means[c][d] = sizes[c] == 0 ? centres[c][d] : means[c][d] / sizes[c];
            }
        }
        return means;
    }

    private static double[] doubles(float[] point) {
        double[] doubles = new double[point.length];
        for (int d = 0; d < point.length; d++) {
            doubles[d] = point[d];
        }
        return doubles;
    }

    private static double distance(float[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < b.length; d++) {
            double difference = a[d] - b[d];
            sum += difference * difference;
        }
        return sum;
    }
}
