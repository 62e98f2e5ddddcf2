package org.vidvec.charts;

/** The two directions in which points differ most, by power iteration. */
final class Pca {

    private static final int ROUNDS = 500;

    private Pca() {}

    /**
     * Places of the points along the two directions.
     *
     * @param points [n][dims]
     * @return [n][2], mean 0; the sign of a direction is that which makes its largest part positive
     */
    static double[][] plane(float[][] points) {
        double[][] centred = centred(points);
        double[][] plane = new double[points.length][2];
        for (int axis = 0; axis < 2; axis++) {
            double[] direction = direction(centred, axis);
            for (int i = 0; i < centred.length; i++) {
                plane[i][axis] = dot(centred[i], direction);
                for (int d = 0; d < direction.length; d++) {
                    centred[i][d] -= plane[i][axis] * direction[d];
                }
            }
        }
        return plane;
    }

    private static double[][] centred(float[][] points) {
        int dims = points[0].length;
        double[] mean = new double[dims];
        for (float[] point : points) {
            for (int d = 0; d < dims; d++) {
                mean[d] += point[d] / (double) points.length;
            }
        }
        double[][] centred = new double[points.length][dims];
        for (int i = 0; i < points.length; i++) {
            for (int d = 0; d < dims; d++) {
                centred[i][d] = points[i][d] - mean[d];
            }
        }
        return centred;
    }

    private static double[] direction(double[][] points, int seed) {
        int dims = points[0].length;
        double[] direction = new double[dims];
        for (int d = 0; d < dims; d++) {
            // no direction is at right angles to all of such starts
            direction[d] = Math.cos(seed + 1 + d);
        }
        for (int round = 0; round < ROUNDS; round++) {
            double[] next = new double[dims];
            for (double[] point : points) {
                double along = dot(point, direction);
                for (int d = 0; d < dims; d++) {
                    next[d] += along * point[d];
                }
            }
            double norm = Math.sqrt(dot(next, next));
            if (norm == 0) {
                break;
            }
            for (int d = 0; d < dims; d++) {
                direction[d] = next[d] / norm;
            }
        }
        return turned(direction);
    }

    private static double[] turned(double[] direction) {
        int largest = 0;
        for (int d = 0; d < direction.length; d++) {
            largest = Math.abs(direction[d]) > Math.abs(direction[largest]) ? d : largest;
        }
        double sign = direction[largest] < 0 ? -1 : 1;
        double norm = Math.sqrt(dot(direction, direction));
        for (int d = 0; d < direction.length; d++) {
            direction[d] *= sign / norm;
        }
        return direction;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }
}
