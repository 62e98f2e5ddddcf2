package org.vidvec.quality;

/** How near each query is to each candidate; higher is nearer. */
final class ScoreTable {

    private final double[][] scores;

    /**
     * @param scores [queries][candidates]
     */
    ScoreTable(double[][] scores) {
        this.scores = scores;
    }

    /** Cosines of vectors of norm 1. */
    static ScoreTable cosines(float[][] queries, float[][] candidates) {
        double[][] scores = new double[queries.length][candidates.length];
        for (int i = 0; i < queries.length; i++) {
            for (int j = 0; j < candidates.length; j++) {
                double sum = 0;
                for (int k = 0; k < queries[i].length; k++) {
                    sum += (double) queries[i][k] * candidates[j][k];
                }
                scores[i][j] = sum;
            }
        }
        return new ScoreTable(scores);
    }

    int queries() {
        return scores.length;
    }

    int candidates() {
        return scores.length == 0 ? 0 : scores[0].length;
    }

    /** The scores of one query. */
    double[] row(int query) {
        return scores[query];
    }

    /** Candidates as queries. */
    ScoreTable transposed() {
        double[][] other = new double[candidates()][queries()];
        for (int i = 0; i < queries(); i++) {
            for (int j = 0; j < candidates(); j++) {
                other[j][i] = scores[i][j];
            }
        }
        return new ScoreTable(other);
    }

    /**
     * Dual softmax (VidVec §5.1): scores times a temperature, softmax over the candidates of each
     * query and over the queries of each candidate, multiplied. Given as logarithms, which rank the
     * same and do not vanish.
     */
    ScoreTable dualSoftmax(double temperature) {
        double[] rows = new double[queries()];
        double[] columns = new double[candidates()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = logSumExp(scores[i], temperature);
        }
        double[][] turned = transposed().scores;
        for (int j = 0; j < columns.length; j++) {
            columns[j] = logSumExp(turned[j], temperature);
        }
        double[][] dual = new double[rows.length][columns.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                dual[i][j] = 2 * temperature * scores[i][j] - rows[i] - columns[j];
            }
        }
        return new ScoreTable(dual);
    }

    private static double logSumExp(double[] values, double temperature) {
        double most = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            most = Math.max(most, temperature * value);
        }
        double sum = 0;
        for (double value : values) {
            sum += Math.exp(temperature * value - most);
        }
        return most + Math.log(sum);
    }
}
