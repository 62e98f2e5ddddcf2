package org.vidvec.charts;

/**
 * t-SNE (van der Maaten and Hinton 2008), exact: all pairs of points, so that it is meant for a few
 * thousand. Starts from PCA, and with the schedule of scikit-learn: 250 rounds with the neighbours'
 * pull made 12 times as strong, then the rest.
 *
 * <p>Differs from ViLL-E's Fig. 12, which takes the Barnes-Hut approximation: the exact gradient of
 * the same objective.
 */
public final class Tsne {

    /** ViLL-E, appendix O. */
    public static final double PERPLEXITY = 30;

    private static final int ROUNDS = 1000;
    private static final int EARLY_ROUNDS = 250;
    private static final double EARLY_EXAGGERATION = 12;
    private static final double EARLY_MOMENTUM = 0.5;
    private static final double MOMENTUM = 0.8;
    private static final double LEAST_RATE = 50;
    private static final double START_DEVIATION = 1e-4;
    private static final double LEAST_GAIN = 0.01;
    private static final double TINY = 1e-12;
    private static final int SEARCH_STEPS = 100;
    private static final double SEARCH_TOLERANCE = 1e-5;

    private final double[][] near;
    private final double[][] places;
    private double[][] kernel;
    private double sum;

    private Tsne(float[][] points, double perplexity) {
        near = neighbours(points, perplexity);
        places = Pca.plane(points);
        double squares = 0;
        for (double[] place : places) {
            squares += place[0] * place[0];
        }
        double scale = START_DEVIATION / Math.max(TINY, Math.sqrt(squares / places.length));
        for (double[] place : places) {
            place[0] *= scale;
            place[1] *= scale;
        }
    }

    /**
     * A map of points.
     *
     * @param places [n][2]
     * @param divergence Kullback-Leibler divergence of the map from the points; less is truer
     */
    public record Layout(double[][] places, double divergence) {}

    /**
     * Maps points to a plane.
     *
     * @param points [n][dims], at least 4
     * @param perplexity about how many neighbours count; made less where there are few points
     */
    public static Layout layout(float[][] points, double perplexity) {
        if (points.length < 4) {
            throw new IllegalArgumentException(
                    "a map needs at least [4] points, not [" + points.length + "]");
        }
        Tsne tsne = new Tsne(points, Math.min(perplexity, (points.length - 1) / 3.0));
        tsne.descend();
        return new Layout(tsne.places, tsne.divergence());
    }

    private void descend() {
        int n = places.length;
        // scikit-learn's learning_rate="auto"
        double rate = Math.max(LEAST_RATE, n / EARLY_EXAGGERATION / 4);
        double[][] moved = new double[n][2];
        double[][] gains = new double[n][];
        for (int i = 0; i < n; i++) {
            gains[i] = new double[] {1, 1};
        }
        for (int round = 0; round < ROUNDS; round++) {
            boolean early = round < EARLY_ROUNDS;
            if (round == EARLY_ROUNDS) {
                // each phase begins at rest
                moved = new double[n][2];
                gains = new double[n][];
                for (int i = 0; i < n; i++) {
                    gains[i] = new double[] {1, 1};
                }
            }
            double[][] gradient = gradient(early ? EARLY_EXAGGERATION : 1);
            double momentum = early ? EARLY_MOMENTUM : MOMENTUM;
            for (int i = 0; i < n; i++) {
                for (int axis = 0; axis < 2; axis++) {
                    boolean turns = moved[i][axis] * gradient[i][axis] < 0;
                    double gain = turns ? gains[i][axis] + 0.2 : gains[i][axis] * 0.8;
                    gains[i][axis] = Math.max(LEAST_GAIN, gain);
                    moved[i][axis] =
                            momentum * moved[i][axis] - rate * gains[i][axis] * gradient[i][axis];
                    places[i][axis] += moved[i][axis];
                }
            }
        }
        look();
    }

    /** Student's kernel of all pairs, and its sum. */
    private void look() {
        int n = places.length;
        kernel = new double[n][n];
        sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double dx = places[i][0] - places[j][0];
                double dy = places[i][1] - places[j][1];
                double value = 1 / (1 + dx * dx + dy * dy);
                kernel[i][j] = value;
                kernel[j][i] = value;
                sum += 2 * value;
            }
        }
    }

    private double[][] gradient(double exaggeration) {
        look();
        int n = places.length;
        double[][] gradient = new double[n][2];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double pull = 4 * (exaggeration * near[i][j] - kernel[i][j] / sum) * kernel[i][j];
                gradient[i][0] += pull * (places[i][0] - places[j][0]);
                gradient[i][1] += pull * (places[i][1] - places[j][1]);
            }
        }
        return gradient;
    }

    private double divergence() {
        double divergence = 0;
        for (int i = 0; i < near.length; i++) {
            for (int j = 0; j < near.length; j++) {
                if (i != j) {
                    double q = Math.max(TINY, kernel[i][j] / sum);
                    double p = Math.max(TINY, near[i][j]);
                    divergence += p * Math.log(p / q);
                }
            }
        }
        return divergence;
    }

    /** How likely two points are neighbours, both ways, over all pairs: [n][n], sum 1. */
    private static double[][] neighbours(float[][] points, double perplexity) {
        int n = points.length;
        double[][] likely = new double[n][];
        for (int i = 0; i < n; i++) {
            double[] squares = new double[n];
            for (int j = 0; j < n; j++) {
                for (int d = 0; d < points[i].length; d++) {
                    double difference = points[i][d] - points[j][d];
                    squares[j] += difference * difference;
                }
            }
            likely[i] = row(squares, i, Math.log(perplexity));
        }
        double[][] both = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                both[i][j] = (likely[i][j] + likely[j][i]) / (2 * n);
            }
        }
        return both;
    }

    /** A Gaussian about point {@code self}, as wide as gives the wanted entropy. */
    private static double[] row(double[] squares, int self, double entropy) {
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double precision = 1;
        double[] row = new double[squares.length];
        for (int step = 0; step < SEARCH_STEPS; step++) {
            double total = 0;
            double weighted = 0;
            for (int j = 0; j < row.length; j++) {
                row[j] = j == self ? 0 : Math.exp(-squares[j] * precision);
                total += row[j];
                weighted += squares[j] * row[j];
            }
            total = Math.max(total, TINY);
            double found = Math.log(total) + precision * weighted / total;
            for (int j = 0; j < row.length; j++) {
                row[j] /= total;
            }
            if (Math.abs(found - entropy) <= SEARCH_TOLERANCE) {
                break;
            }
            if (found > entropy) {
                low = precision;
                precision = Double.isInfinite(high) ? 2 * precision : (low + high) / 2;
            } else {
                high = precision;
                precision = (low + high) / 2;
            }
        }
        return row;
    }
}
